/// The `Forwarded` field of RFC 7239, in which proxies say what they saw of a request.
package enum Forwarded {
    /// How many elements ``parse(_:)`` reads; a longer list is refused.
    package static let limit = 100

    /// What one proxy said. Parameters that RFC 7239 does not define are left out.
    package struct Element: Sendable, Hashable {
        /// The client that made the request to the proxy.
        package var `for`: Node?
        /// The interface of the proxy that the request came in to.
        package var by: Node?
        /// The `Host` field that the proxy received, valid by ``HostHeader``.
        package var host: String?
        /// The scheme of the request, in lower case.
        package var proto: String?

        /// The address of `for` as text; `unknown` where it is hidden or absent.
        package var clientAddress: String {
            guard let node = self.for, case .address(let address) = node.name else { return "unknown" }
            return address.description
        }
    }

    /// One end of a connection.
    package struct Node: Sendable, Hashable {
        /// Who it is.
        package enum Name: Sendable, Hashable {
            case address(IPAddress)
            /// A word that the proxy made up to hide the address, with its leading underscore.
            case obfuscated(String)
            case unknown
        }

        package var name: Name
        /// A number, or a made-up word with its leading underscore.
        package var port: String?

        /// The address, where it is known.
        package var address: IPAddress? {
            if case .address(let address) = name { address } else { nil }
        }
    }

    /// Reads a field value: elements divided by commas, nearest client first, each of parameters divided by semicolons.
    ///
    /// Space around both is accepted, and empty elements are left out.
    ///
    /// - Returns: Nil when anything in it is malformed, a parameter stands twice in one element, or there are more than
    ///   ``limit`` elements: what a proxy did not write well is not to be trusted in part.
    package static func parse(_ value: String) -> [Element]? {
        var reader = FieldReader(value)
        var elements: [Element] = []
        while !reader.isAtEnd {
            guard readElement(&reader, into: &elements), reader.isAtEnd || reader.take(",") else { return nil }
        }
        return elements
    }

    /// Takes one element, up to a comma or the end, and adds it unless it is empty.
    private static func readElement(_ reader: inout FieldReader, into elements: inout [Element]) -> Bool {
        var element = Element()
        var names: Set<String> = []
        repeat {
            reader.skipWhitespace()
            guard let name = reader.readToken()?.lowercased() else { continue }
            guard names.count < limit, names.insert(name).inserted, reader.take("="),
                let value = reader.readTokenOrQuotedString(), set(name, to: value, in: &element)
            else { return false }
            reader.skipWhitespace()
        } while reader.take(";")
        guard !names.isEmpty else { return true }
        elements.append(element)
        return elements.count <= limit
    }

    private static func set(_ name: String, to value: String, in element: inout Element) -> Bool {
        switch name {
        case "for":
            element.for = Node(value)
            return element.for != nil
        case "by":
            element.by = Node(value)
            return element.by != nil
        case "host":
            element.host = value
            return !value.isEmpty && HostHeader.isValid(value.utf8)
        case "proto":
            element.proto = value.lowercased()
            return WebURL.isScheme(value)
        default:
            return true
        }
    }
}

extension Forwarded.Node {
    /// Reads RFC 7239 §6: `192.0.2.1:80`, `[2001:db8::1]:80`, `unknown` or `_hidden:_port`.
    package init?(_ text: String) {
        let bytes = text.utf8
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let host = bytes.prefix { $0 != UInt8(ascii: isBracketed ? "]" : ":") }
        var rest = bytes.dropFirst(host.count)
        if isBracketed {
            guard rest.popFirst() != nil, let pieces = IPv6Text.parse(Array(host.dropFirst())[...]) else { return nil }
            name = .address(IPAddress(pieces))
        } else if let bits = IPv4Text.parse(Array(host)[...]) {
            name = .address(IPAddress(v4: bits))
        } else if Self.isObfuscated(host) {
            name = .obfuscated(String(Substring(host)))
        } else if Substring(host).lowercased() == "unknown" {
            name = .unknown
        } else {
            return nil
        }
        guard let colon = rest.popFirst() else { return }
        let isNumber = 1...5 ~= rest.count && rest.allSatisfy(\.isASCIIDigit)
        guard colon == UInt8(ascii: ":"), isNumber || Self.isObfuscated(rest) else { return nil }
        port = String(Substring(rest))
    }

    private static func isObfuscated(_ bytes: Substring.UTF8View) -> Bool {
        let set = ASCIISet.alphanumerics.union(ASCIISet("._-"))
        return bytes.first == UInt8(ascii: "_") && bytes.count > 1 && bytes.allSatisfy { set.contains($0) }
    }
}
