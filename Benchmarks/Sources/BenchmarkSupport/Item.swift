/// What an API typically sends, an order: an object of 1 KB with numbers, texts, a date, nested objects and lists.
public struct Item: Codable, Equatable, Sendable {
    /// Where it goes.
    public struct Address: Codable, Equatable, Sendable {
        var street: String
        var city: String
        var postalCode: String
        var country: String
        var latitude: Double
        var longitude: Double
    }

    /// One of the things that were bought.
    public struct Line: Codable, Equatable, Sendable {
        var sku: String
        var title: String
        var quantity: Int
        var unitPrice: Double
        var isGift: Bool
    }

    var id: Int
    var reference: String
    var customer: String
    var email: String
    var isPaid: Bool
    var total: Double
    var discount: Double?
    var note: String?
    var tags: [String]
    var address: Address
    var lines: [Line]
    var attributes: [String: String]
    var createdAt: String
    var updatedAt: String

    /// An order; two of the same number are equal.
    public init(_ number: Int) {
        id = number
        reference = "ORD-2026-\(100_000 + number)"
        customer = "Zoë van der Berg"
        email = "zoe.\(number)@example.com"
        isPaid = number.isMultiple(of: 2)
        total = 104.85 + Double(number)
        discount = number.isMultiple(of: 3) ? 5.5 : nil
        note = "Please ring twice.\nLeave it with the \"neighbour\" if nobody opens."
        tags = ["priority", "returning-customer", "eu"]
        address = Address(
            street: "Prinsengracht 263", city: "Amsterdam", postalCode: "1016 GV", country: "NL",
            latitude: 52.375218, longitude: 4.883977
        )
        lines = (1...4).map { line in
            Line(
                sku: "SKU-\(number)-\(line)", title: "A notebook of \(line * 40) pages", quantity: line,
                unitPrice: 9.95 * Double(line), isGift: line == 2
            )
        }
        attributes = ["channel": "web", "currency": "EUR", "locale": "nl-NL"]
        createdAt = "2026-03-14T09:26:53.589Z"
        updatedAt = "2026-03-15T10:00:00.000Z"
    }
}
