@testable import Koa
@testable import KoaTesting

/// The Cookie field, Set-Cookie lines as the server writes them, and as a browser reads them.
///
/// The input's lines are a Cookie field or Set-Cookie line, a name, a value, a path and a domain.
func fuzzCookies(_ input: Input) {
    let fields = input.fields
    let header = fields[0]
    let pairs = CookieHeader.pairs(in: header)
    for pair in pairs.prefix(20) where !pair.name.hasPrefix(" ") {
        expect(CookieHeader.value(of: pair.name, in: header) != nil, "\(pair.name) is listed, but not found")
    }
    if let first = pairs.first, let found = CookieHeader.value(of: first.name, in: header) {
        expect(found.utf8.elementsEqual(first.value.utf8), "\(first.name) has two values")
    }

    let jar = CookieJar(clock: ManualClock.epoch)
    jar.store([header], from: "/a/b?c", host: "a.example", isSecure: true)
    expect(jar.all.count <= 1, "two cookies of one line")
    _ = jar.header(for: "/a/b/d", host: "a.example", isSecure: true)

    func field(_ index: Int) -> String? { fields.indices.contains(index) ? fields[index] : nil }
    checkSetCookie(name: field(1) ?? "a", value: field(2), path: field(3) ?? "/", domain: field(4))
}

/// A line that can be made is one line, and holds what was asked for and nothing else.
private func checkSetCookie(name: String, value: String?, path: String, domain: String?) {
    let options = CookieOptions(maxAge: .days(1), path: path, domain: domain, sameSite: .lax, partitioned: true)
    guard let cookie = try? SetCookie(name: name, value: value, options: options, secure: true, now: 0) else { return }
    expect(Latin1.isFieldValue(cookie.header), "a control character in a line")
    let attributes = cookie.header.utf8.split(separator: UInt8(ascii: ";")).dropFirst()
    let expected = 5 + (path.isEmpty ? 0 : 1) + (domain.map { $0.isEmpty ? 0 : 1 } ?? 0)
    expect(attributes.count == expected, "\(attributes.count) attributes: \(cookie.header)")
    guard let value, !value.isEmpty, !value.hasPrefix("\"") else { return }
    expect(CookieHeader.value(of: name, in: cookie.pair) == value, "reads as another value: \(cookie.pair)")

    let jar = CookieJar(clock: ManualClock.epoch)
    jar.store([cookie.header], from: "/", host: domain ?? "a.example", isSecure: true)
    if let kept = jar.all.first { expect(kept.name == name, "a browser keeps it as \(kept.name)") }
}
