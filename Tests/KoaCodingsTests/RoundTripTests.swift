import NIOCore
import Testing

@testable import KoaCodings

@Suite struct RoundTripTests {
    @Test(arguments: ContentCoding.all)
    func decodesWhatItEncoded(_ coding: ContentCoding) throws {
        for body in [Samples.text, Samples.noise(100_000), ByteBuffer(string: "x"), ByteBuffer()] {
            #expect(try Samples.decode(Samples.encode(body, coding), coding) == body)
        }
    }

    @Test(arguments: ContentCoding.all)
    func decodesABodyCutAnywhere(_ coding: ContentCoding) throws {
        let coded = try Samples.encode(Samples.text, coding)
        for pieces in Samples.cuts(coded) {
            #expect(try Samples.decode(pieces, coding) == Samples.text)
        }
    }

    @Test(arguments: ContentCoding.all)
    func encodesABodyCutAnywhere(_ coding: ContentCoding) throws {
        let body = ByteBuffer(string: "to be cut, to be cut, anywhere")
        for pieces in Samples.cuts(body) {
            let encoder = try coding.makeEncoder()
            var coded = ByteBuffer()
            for piece in pieces { coded.writeImmutableBuffer(try encoder.write(piece)) }
            coded.writeImmutableBuffer(try encoder.finish())
            #expect(try Samples.decode(coded, coding) == body)
        }
    }

    @Test(arguments: ContentCoding.all)
    func decodesAfterEachFlushAllThatWasWritten(_ coding: ContentCoding) throws {
        let encoder = try coding.makeEncoder()
        let decoder = try coding.makeDecoder()
        for event in ["first", "second", "", "third"] {
            var coded = try encoder.write(ByteBuffer(string: event))
            coded.writeImmutableBuffer(try encoder.flush())
            var decoded = ByteBuffer()
            while let piece = try decoder.decode(&coded, limit: 1_000) { decoded.writeImmutableBuffer(piece) }
            #expect(String(buffer: decoded) == event)
        }
        var end = try encoder.finish()
        #expect(try decoder.decode(&end, limit: 1_000) == nil)
        try decoder.finish()
    }

    @Test(arguments: ContentCoding.all)
    func beginsAnewAfterReset(_ coding: ContentCoding) throws {
        let encoder = try coding.makeEncoder()
        _ = try encoder.write(Samples.noise(50_000))
        try encoder.reset()
        for body in [Samples.text, ByteBuffer(string: "again")] {
            var coded = try encoder.write(body)
            coded.writeImmutableBuffer(try encoder.finish())
            #expect(try Samples.decode(coded, coding) == body)
            try encoder.reset()
        }
    }

    @Test(arguments: ContentCoding.all)
    func refusesToWriteAfterTheEnd(_ coding: ContentCoding) throws {
        let encoder = try coding.makeEncoder()
        _ = try encoder.finish()
        #expect(throws: CodingError.finished(coding)) { try encoder.write(Samples.text) }
        #expect(throws: CodingError.finished(coding)) { try encoder.flush() }
        #expect(throws: CodingError.finished(coding)) { try encoder.finish() }
    }

    @Test(arguments: ContentCoding.all)
    func makesLessOfMoreWork(_ coding: ContentCoding) throws {
        let words = ["onion ", "context ", "next ", "await ", "koa ", "layer ", "body ", "stream "]
        let body = ByteBuffer(
            string: Samples.noise(20_000).readableBytesView.map { words[Int($0) % words.count] }.joined())
        let least = try Samples.encode(body, coding, level: .min)
        let most = try Samples.encode(body, coding, level: .max)
        #expect(most.readableBytes < least.readableBytes)
        #expect(try Samples.decode(most, coding) == body)
        #expect(try Samples.decode(least, coding) == body)
    }
}
