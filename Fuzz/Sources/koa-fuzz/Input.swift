@testable import Koa

/// The bytes that the fuzzer made, and ways to read them. Kept inputs stay readable as text.
struct Input {
    let bytes: [UInt8]

    /// A text as a client's UTF-8 becomes one.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The lines, read as the values of header fields are.
    var fields: [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Latin1.decode($0) }
    }

    /// The lines, read as UTF-8.
    var lines: [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The first line's bytes as choices, and what comes behind it.
    var parts: (choices: Choices, wire: ArraySlice<UInt8>) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return (Choices(bytes: []), bytes[...]) }
        return (Choices(bytes: bytes[..<end]), bytes[(end + 1)...])
    }
}

/// Bytes that decide what a target does, over and over.
struct Choices {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next byte, or 0 when there is none at all.
    mutating func next() -> UInt8 {
        guard !bytes.isEmpty else { return 0 }
        defer { position = position + 1 < bytes.endIndex ? position + 1 : bytes.startIndex }
        return bytes[position]
    }

    /// Cuts a wire's bytes into what arrives at once; 0 leaves the rest whole.
    mutating func cut(_ wire: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = wire
        while !rest.isEmpty {
            let length = Int(next() & 0x1F)
            pieces.append(length == 0 ? rest : rest.prefix(length))
            rest = rest.dropFirst(pieces.last?.count ?? 0)
        }
        return pieces
    }
}
