import NIOCore

/// Writes the heads of responses as HTTP/1 does.
enum ResponseEncoder {
    /// Appends a head to the buffer.
    ///
    /// The connection's own fields (Connection, Content-Length, Transfer-Encoding, Date) are written here, so that
    /// framing never depends on what a handler set.
    static func write(
        _ head: ResponseHead,
        version: HTTPVersion,
        isKeepAlive: Bool,
        date: DateCache,
        into buffer: inout ByteBuffer
    ) {
        let fields = head.headers.fields
        var capacity = 160 + head.reason.utf8.count
        for field in fields { capacity += field.name.utf8.count + field.value.utf8.count + 4 }

        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { bytes in
            var cursor = Cursor(bytes)
            cursor.put("HTTP/1.1 ")
            cursor.putStatus(head.status.code)
            cursor.put(" ")
            cursor.putLatin1(head.reason)
            cursor.put("\r\n")

            var hasDate = false
            var hasLength = false
            for field in fields {
                switch ownField(field.name) {
                case .framing:
                    // On HEAD, and with 304, it tells of the body that isn't sent.
                    guard case .none = head.framing, head.status.code != 204, field.name.utf8.count == 14, !hasLength,
                        field.value.utf8.allSatisfy({ $0 &- 0x30 < 10 })
                    else { continue }
                    hasLength = true
                case .connection:
                    guard head.status.code == 101 else { continue }
                case .date:
                    hasDate = true
                case .none:
                    break
                }
                cursor.putLatin1(field.name)
                cursor.put(": ")
                cursor.putLatin1(field.value)
                cursor.put("\r\n")
            }
            switch head.framing {
            case .none: break
            case .length(let length):
                cursor.put("Content-Length: ")
                cursor.putDecimal(length)
                cursor.put("\r\n")
            case .untilEnd:
                if version >= .http1_1 { cursor.put("Transfer-Encoding: chunked\r\n") }
            }
            if !hasDate {
                cursor.put("Date: ")
                date.withCurrent { cursor.put($0) }
                cursor.put("\r\n")
            }
            if head.status.code == 101 {
            } else if !isKeepAlive {
                cursor.put("Connection: close\r\n")
            } else if version == .http1_0 {
                cursor.put("Connection: keep-alive\r\n")
            }
            cursor.put("\r\n")
            return cursor.count
        }
    }

    private enum OwnField {
        case framing, connection, date
    }

    private static func ownField(_ name: String) -> OwnField? {
        // Each begins with one of these letters, and a Set-Cookie, which has as many as Connection, with none.
        switch name.utf8.first?.asciiLowercased {
        case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "k"), UInt8(ascii: "t"): break
        default: return nil
        }
        return switch name.utf8.count {
        case 4: name.equalsIgnoringCase("Date") ? .date : nil
        case 10: name.equalsIgnoringCase("Connection") || name.equalsIgnoringCase("Keep-Alive") ? .connection : nil
        case 14: name.equalsIgnoringCase("Content-Length") ? .framing : nil
        case 17: name.equalsIgnoringCase("Transfer-Encoding") ? .framing : nil
        default: nil
        }
    }
}

/// Puts bytes one behind the other into memory that is known to be large enough.
private struct Cursor {
    private let bytes: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ bytes: UnsafeMutableRawBufferPointer) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func put(_ source: UnsafeBufferPointer<UInt8>) {
        guard count + source.count <= bytes.count else { return }
        UnsafeMutableRawBufferPointer(rebasing: bytes[count..<(count + source.count)])
            .copyMemory(from: UnsafeRawBufferPointer(source))
        count += source.count
    }

    mutating func put(_ byte: UInt8) {
        guard count < bytes.count else { return }
        bytes[count] = byte
        count += 1
    }

    /// Text as ISO-8859-1; UTF-8 never takes fewer bytes.
    @inline(__always)
    mutating func putLatin1(_ text: String) {
        var text = text
        let start = count
        let isASCII = text.withUTF8 { utf8 in
            put(utf8)
            // Without an early exit, the loop is one over vectors.
            return utf8.reduce(0 as UInt8, |) < 0x80
        }
        if isASCII { return }
        count = start
        for scalar in text.unicodeScalars { put(UInt8(exactly: scalar.value) ?? UInt8(ascii: "?")) }
    }

    mutating func putStatus(_ code: Int) {
        for divisor in [100, 10, 1] { put(UInt8(truncatingIfNeeded: code / divisor % 10) &+ 0x30) }
    }

    mutating func putDecimal(_ number: Int) {
        if number >= 10 { putDecimal(number / 10) }
        put(UInt8(truncatingIfNeeded: number % 10) &+ 0x30)
    }
}
