package import NIOCore

/// The header fields of a request: the bytes as they came, read only when someone asks.
package struct RequestFields: Sendable {
    /// Where a field's name and value stand in the head.
    package struct Span: Sendable {
        var nameStart: UInt32
        var nameLength: UInt32
        var valueStart: UInt32
        var valueLength: UInt32
    }

    /// The head's bytes, from the request line on; spans count from its reader index.
    let bytes: ByteBuffer
    let spans: [Span]

    package init(bytes: ByteBuffer, spans: [Span]) {
        self.bytes = bytes
        self.spans = spans
    }

    /// Fields that did not come as bytes.
    package init(_ headers: Headers) {
        var bytes = ByteBuffer()
        var spans: [Span] = []
        for field in headers.fields {
            let name = UInt32(clamping: bytes.writerIndex)
            bytes.writeString(field.name)
            let value = UInt32(clamping: bytes.writerIndex)
            bytes.writeLatin1(field.value)
            let end = UInt32(clamping: bytes.writerIndex)
            spans.append(Span(nameStart: name, nameLength: value - name, valueStart: value, valueLength: end - value))
        }
        self.init(bytes: bytes, spans: spans)
    }

    /// The first value of a name.
    func first(_ name: String) -> String? {
        for span in spans where isNamed(span, name) {
            return value(span)
        }
        return nil
    }

    /// Each value of a name.
    func all(_ name: String) -> [String] {
        spans.filter { isNamed($0, name) }.map(value)
    }

    /// The value of a name as Node gives it: cookies are joined by `; `, a field that can stand only once is its
    /// first value, any other is joined by `, `.
    func joined(_ name: String) -> String? {
        guard let first = spans.firstIndex(where: { isNamed($0, name) }) else { return nil }
        let others = spans[(first + 1)...].filter { isNamed($0, name) }
        if others.isEmpty { return value(spans[first]) }
        return Self.join([value(spans[first])] + others.map(value), of: name)
    }

    /// Several values of a name as one, see ``joined(_:)``; nil when there are none.
    static func join(_ values: [String], of name: String) -> String? {
        guard values.count > 1, !standsOnce(name) else { return values.first }
        return values.joined(separator: name.equalsIgnoringCase("cookie") ? "; " : ", ")
    }

    func has(_ name: String) -> Bool {
        spans.contains { isNamed($0, name) }
    }

    /// All fields, for whoever wants the whole list.
    var headers: Headers {
        Headers(spans.map { (name($0), value($0)) })
    }

    private func name(_ span: Span) -> String {
        bytes.getString(at: bytes.readerIndex + Int(span.nameStart), length: Int(span.nameLength)) ?? ""
    }

    private func value(_ span: Span) -> String {
        bytes.latin1(at: bytes.readerIndex + Int(span.valueStart), length: Int(span.valueLength))
    }

    /// The bytes of a field's value.
    func withValue<Result>(_ span: Span, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeReadableBytes { bytes in
            let start = min(Int(span.valueStart), bytes.count)
            let end = min(start + Int(span.valueLength), bytes.count)
            return body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        }
    }

    /// Where the value of a name is; nil when there is none, or several.
    func only(_ name: StaticString) -> Span? {
        var found: Span?
        for span in spans where isNamed(span, name) {
            if found != nil { return nil }
            found = span
        }
        return found
    }

    /// Whether a field has this name, which is in lower case.
    @inline(__always)
    func isNamed(_ span: Span, _ name: StaticString) -> Bool {
        bytes.withUnsafeReadableBytes { bytes in
            let start = Int(span.nameStart)
            guard Int(span.nameLength) == name.utf8CodeUnitCount, start + name.utf8CodeUnitCount <= bytes.count else {
                return false
            }
            for offset in 0..<name.utf8CodeUnitCount
            where bytes[start + offset].asciiLowercased != name.utf8Start[offset] {
                return false
            }
            return true
        }
    }

    private func isNamed(_ span: Span, _ name: String) -> Bool {
        guard Int(span.nameLength) == name.utf8.count else { return false }
        return bytes.withUnsafeReadableBytes { bytes in
            let start = Int(span.nameStart)
            guard start + Int(span.nameLength) <= bytes.count else { return false }
            var index = start
            for byte in name.utf8 {
                if bytes[index] != byte && bytes[index].asciiLowercased != byte.asciiLowercased { return false }
                index += 1
            }
            return true
        }
    }

    private static func standsOnce(_ name: String) -> Bool {
        switch name.lowercased() {
        case "age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host",
            "if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards",
            "proxy-authorization", "referer", "retry-after", "server", "user-agent":
            true
        default:
            false
        }
    }
}

extension ByteBuffer {
    /// Bytes as ISO-8859-1: each is one character.
    func latin1(at index: Int, length: Int) -> String {
        withUnsafeReadableBytes { bytes in
            let start = index - readerIndex
            guard start >= 0, length > 0, start + length <= bytes.count else { return "" }
            let slice = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)])
            return Latin1.decode(slice)
        }
    }

    /// Text as ISO-8859-1. A character past U+00FF, which ``Headers`` never lets through, becomes `?`.
    mutating func writeLatin1(_ text: String) {
        var text = text
        let isASCII = text.withUTF8 { utf8 in
            guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            writeBytes(UnsafeRawBufferPointer(utf8))
            return true
        }
        guard !isASCII else { return }
        for scalar in text.unicodeScalars {
            writeInteger(UInt8(exactly: scalar.value) ?? UInt8(ascii: "?"))
        }
    }
}
