/// What an API typically sends: an object of 1 KB with numbers, texts, a date, nested objects and lists.
public struct Item: Codable, Equatable, Sendable {
    public struct Address: Codable, Equatable, Sendable {
        public var street: String
        public var city: String
        public var postalCode: String
        public var country: String
        public var latitude: Double
        public var longitude: Double
    }

    public struct Line: Codable, Equatable, Sendable {
        public var sku: String
        public var title: String
        public var quantity: Int
        public var unitPrice: Double
        public var isGift: Bool
    }

    public var id: Int
    public var reference: String
    public var customer: String
    public var email: String
    public var isPaid: Bool
    public var total: Double
    public var discount: Double?
    public var note: String?
    public var tags: [String]
    public var address: Address
    public var lines: [Line]
    public var attributes: [String: String]
    public var createdAt: String
    public var updatedAt: String

    /// An item; two of the same number are equal.
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
