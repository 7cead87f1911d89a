import NIOCore
import Testing

@testable import KoaCodings

@Suite struct BadInputTests {
    @Test(arguments: ContentCoding.all)
    func refusesABodyThatIsCutOff(_ coding: ContentCoding) throws {
        let coded = try Samples.encode(Samples.text, coding)
        for count in 0..<coded.readableBytes {
            let part = coded.getSlice(at: 0, length: count) ?? ByteBuffer()
            #expect(throws: CodingError.truncated(coding)) { try Samples.decode(part, coding) }
        }
    }

    @Test(arguments: ContentCoding.all)
    func refusesBytesBehindTheBody(_ coding: ContentCoding) throws {
        var coded = try Samples.encode(Samples.text, coding)
        let end = coded.writerIndex
        coded.writeString("garbage")
        #expect(throws: CodingError.trailingBytes(coding)) { try Samples.decode(coded, coding) }
        let pieces = [coded.getSlice(at: 0, length: end) ?? ByteBuffer(), ByteBuffer(bytes: [0])]
        #expect(throws: CodingError.trailingBytes(coding)) { try Samples.decode(pieces, coding) }
    }

    @Test(arguments: ContentCoding.all)
    func refusesBytesOfAnotherKind(_ coding: ContentCoding) {
        #expect(throws: CodingError.corrupt(coding)) {
            try Samples.decode(ByteBuffer(string: "\u{7}{\"not\": \"coded\", \"at\": \"all\"}"), coding)
        }
    }

    @Test(arguments: ContentCoding.all)
    func neverTakesADamagedBodyForAnother(_ coding: ContentCoding) throws {
        let body = ByteBuffer(string: "damage me, damage me, damage me")
        let coded = try Samples.encode(body, coding)
        var refused = 0
        for index in 0..<coded.readableBytes {
            for bit in 0..<8 {
                var damaged = coded
                let byte = damaged.getInteger(at: index, as: UInt8.self) ?? 0
                damaged.setInteger(byte ^ 1 << bit, at: index)
                // Only that it comes back is of interest: br and zstd have no checksum.
                if (try? Samples.decode(damaged, coding, limit: 100)) != body { refused += 1 }
            }
        }
        #expect(refused > coded.readableBytes)
    }

    @Test func checksGzipsChecksumAndLength() throws {
        let coded = try Samples.encode(Samples.text, .gzip)
        for back in 1...8 {
            var damaged = coded
            let byte = damaged.getInteger(at: coded.writerIndex - back, as: UInt8.self) ?? 0
            damaged.setInteger(~byte, at: coded.writerIndex - back)
            #expect(throws: CodingError.corrupt(.gzip)) { try Samples.decode(damaged, .gzip) }
        }
    }

    @Test(arguments: ContentCoding.all)
    func yieldsABombInPiecesOfBoundedSize(_ coding: ContentCoding) throws {
        let zeros = ByteBuffer(repeating: 0, count: 1 << 20)
        let encoder = try coding.makeEncoder()
        var bomb = ByteBuffer()
        for _ in 0..<64 { bomb.writeImmutableBuffer(try encoder.write(zeros)) }
        bomb.writeImmutableBuffer(try encoder.finish())
        #expect(bomb.readableBytes < 1 << 17)

        let decoder = try coding.makeDecoder()
        var total = 0
        while total < 1 << 20, let piece = try decoder.decode(&bomb, limit: 10_000) {
            #expect(piece.readableBytes <= 10_000)
            #expect(piece.storageCapacity <= 1 << 17)
            total += piece.readableBytes
        }
        // It may be left there, with most of it never made.
        #expect(total < 1 << 20 + 10_000)
        #expect(throws: CodingError.truncated(coding)) { try decoder.finish() }
    }

    @Test(arguments: ContentCoding.all)
    func decodesWithALimitOfOneByteAndOfNone(_ coding: ContentCoding) throws {
        let coded = try Samples.encode(Samples.text, coding)
        #expect(try Samples.decode(coded, coding, limit: 1) == Samples.text)
        let decoder = try coding.makeDecoder()
        var input = coded
        #expect(try decoder.decode(&input, limit: .min)?.readableBytes == 1)
    }

    @Test(arguments: ContentCoding.all)
    func returnsAtMostSixtyFourKibibytes(_ coding: ContentCoding) throws {
        var coded = try Samples.encode(ByteBuffer(repeating: 7, count: 200_000), coding)
        let decoder = try coding.makeDecoder()
        #expect(try decoder.decode(&coded, limit: .max)?.readableBytes == 65_536)
    }
}
