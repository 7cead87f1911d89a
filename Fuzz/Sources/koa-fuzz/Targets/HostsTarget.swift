@testable import Koa

/// Hosts, URLs and addresses: every reader gives a text that reads as itself.
///
/// The first line is what is read, the second a base URL.
func fuzzHosts(_ input: Input) {
    let lines = input.lines
    let text = lines[0]
    checkHost(text)
    checkHost(Latin1.decode(text.utf8))
    checkURL(text)
    if lines.count > 1, let base = WebURL(lines[1]), let url = WebURL(text, base: base) { checkURL(url.href) }

    if let address = IPAddress(text) {
        expect(IPAddress(address.description) == address, "another address: \(address)")
    }
    if let range = CIDR(text) {
        expect(CIDR(range.description) == range, "another range: \(range)")
        let network = range.description.prefix { $0 != "/" }
        expect(range.contains(String(network)), "\(range) doesn't hold its own network")
    }
    if let domain = DomainName.toASCII(Array(text.utf8)) {
        expect(DomainName.toASCII(Array(domain.utf8)) == domain, "another domain: \(domain)")
    }
    if let label = Punycode.decode(Array(text.utf8)[...]), let encoded = Punycode.encode(label) {
        expect(Punycode.decode(encoded[...]) == label, "another label")
    }
}

private func checkHost(_ text: String) {
    let host = HostHeader.host(of: text)
    expect(HostHeader.isValid(host), "\(host) of \(text) isn't valid")
    expect(HostHeader.host(of: host) == host, "another host: \(host)")
    let name = HostHeader.hostname(of: text)
    expect(HostHeader.isValid(name), "\(name) of \(text) isn't valid")
    expect(HostHeader.hostname(of: name) == name, "another name: \(name)")
    expect(host.isEmpty || !name.isEmpty, "\(host) has no name")
}

private func checkURL(_ text: String) {
    guard let url = WebURL(text) else { return }
    guard let again = WebURL(url.href) else { fatalError("\(url.href) of \(text) can't be read") }
    expect(again.href == url.href && again.hostname == url.hostname, "another URL: \(url.href), \(again.href)")
    expect(again == url, "another URL: \(url.href)")
    expect(url.href.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "a character that isn't escaped: \(url.href)")
    _ = url.origin
}
