import NIOCore
import Testing

@testable import KoaCodings

@Suite struct ContentCodingTests {
    @Test func hasANameForEach() {
        var names = ["gzip", "deflate"]
        #if Brotli
            names.append("br")
        #endif
        #if Zstd
            names.append("zstd")
        #endif
        #expect(ContentCoding.all.map(\.name) == names)
        #expect(ContentCoding.all.map { ContentCoding($0.name) } == ContentCoding.all)
    }

    @Test func readsNamesInAnyCase() {
        #expect(ContentCoding("GZip") == .gzip)
        #expect(ContentCoding("x-gzip") == .gzip)
        #expect(ContentCoding("Deflate") == .deflate)
        for name in ["", "identity", "compress", "gzi", "gzip ", "*"] { #expect(ContentCoding(name) == nil) }
    }

    @Test func writesTheFormatsOfTheRFCs() throws {
        #expect(try Samples.encode(Samples.text, .gzip).readableBytesView.prefix(3) == [0x1F, 0x8B, 8])
        #expect(try Samples.encode(Samples.text, .deflate).readableBytesView.prefix(1) == [0x78])
    }

    @Test func readsDeflateWithoutItsWrapper() throws {
        let wrapped = try Samples.encode(Samples.text, .deflate)
        let raw = ByteBuffer(bytes: wrapped.readableBytesView.dropFirst(2).dropLast(4))
        for pieces in Samples.cuts(raw) {
            #expect(try Samples.decode(pieces, .deflate) == Samples.text)
        }
        var tail = raw
        tail.writeInteger(0 as UInt8)
        #expect(throws: CodingError.trailingBytes(.deflate)) { try Samples.decode(tail, .deflate) }
    }

    @Test func readsStoredRawDeflate() throws {
        let stored = ByteBuffer(bytes: [1, 2, 0, 0xFD, 0xFF] + Array("ok".utf8))
        #expect(try Samples.decode(stored, .deflate) == ByteBuffer(string: "ok"))
    }

    @Test func readsSeveralGzipMembersAsOne() throws {
        var coded = try Samples.encode(ByteBuffer(string: "one "), .gzip)
        coded.writeImmutableBuffer(try Samples.encode(ByteBuffer(), .gzip))
        coded.writeImmutableBuffer(try Samples.encode(ByteBuffer(string: "two"), .gzip))
        for pieces in Samples.cuts(coded) {
            #expect(try Samples.decode(pieces, .gzip) == ByteBuffer(string: "one two"))
        }
        let part = coded.getSlice(at: 0, length: coded.readableBytes - 1) ?? ByteBuffer()
        #expect(throws: CodingError.truncated(.gzip)) { try Samples.decode(part, .gzip) }
    }

    @Test(arguments: [
        (CodingError.corrupt(.gzip), "invalid gzip data"),
        (.truncated(.deflate), "the deflate data is incomplete"),
        (.trailingBytes(.gzip), "unexpected bytes after the gzip data"),
        (.outOfMemory(.gzip), "no memory for gzip"),
        (.finished(.gzip), "the gzip data was finished before"),
    ])
    func describesErrors(_ error: CodingError, _ text: String) {
        #expect(error.description == text)
    }

    #if Zstd
        @Test func readsZstdFramesAndSkipsThoseToBeSkipped() throws {
            var coded = try Samples.encode(ByteBuffer(string: "one "), .zstd)
            coded.writeBytes([0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3])
            coded.writeImmutableBuffer(try Samples.encode(ByteBuffer(string: "two"), .zstd))
            for pieces in Samples.cuts(coded) {
                #expect(try Samples.decode(pieces, .zstd) == ByteBuffer(string: "one two"))
            }
        }

        @Test func refusesAZstdWindowAboveEightMebibytes() {
            // A frame of unknown size with a window of 16 MiB (exponent 14), and an empty last block.
            let wide = ByteBuffer(bytes: [0x28, 0xB5, 0x2F, 0xFD, 0x00, 14 << 3, 0x01, 0x00, 0x00])
            #expect(throws: CodingError.corrupt(.zstd)) { try Samples.decode(wide, .zstd) }
            let narrow = ByteBuffer(bytes: [0x28, 0xB5, 0x2F, 0xFD, 0x00, 13 << 3, 0x01, 0x00, 0x00])
            #expect(throws: Never.self) { try Samples.decode(narrow, .zstd) }
        }
    #endif
}
