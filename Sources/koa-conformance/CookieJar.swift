/// The cookies that a client keeps between the requests of a case.
struct CookieJar: Equatable {
    private var cookies: [Field] = []

    /// An empty jar.
    init() {}

    /// The Cookie header: in the order in which the cookies were first set; nil when there are none.
    var header: String? {
        cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }

    /// Keeps what the Set-Cookie lines of a response set.
    ///
    /// A cookie that is set empty, or with expires at the epoch, is dropped; other expiry dates are not looked at.
    mutating func keep(_ lines: [String]) {
        for line in lines {
            let parts = line.split(separator: ";", omittingEmptySubsequences: false)
            guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
            let cookie = Field(name: String(pair[..<equals]), value: String(pair[pair.index(after: equals)...]))
            let position = cookies.firstIndex { $0.name == cookie.name }
            let isDropped = cookie.value.isEmpty || parts.dropFirst().contains(where: Self.isEpoch)
            switch (position, isDropped) {
            case (let position?, true): cookies.remove(at: position)
            case (let position?, false): cookies[position] = cookie
            case (nil, false): cookies.append(cookie)
            case (nil, true): break
            }
        }
    }

    private static func isEpoch(_ attribute: Substring) -> Bool {
        attribute.drop { $0 == " " }.lowercased() == "expires=thu, 01 jan 1970 00:00:00 gmt"
    }
}
