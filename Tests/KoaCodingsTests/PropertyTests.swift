import NIOCore
import Testing

@testable import KoaCodings

/// Bodies, cuts, flushes and damage by chance, the same in each run.
@Suite struct PropertyTests {
    /// A generator by Vigna that passes tests of randomness: SplitMix64.
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }

        /// Runs of one byte, noise, and what was there before.
        mutating func body() -> ByteBuffer {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &self) {
                let count = Int.random(in: 1...4_000, using: &self)
                switch Int.random(in: 0...2, using: &self) {
                case 0: bytes += [UInt8](repeating: .random(in: 0...255, using: &self), count: count)
                case 1: bytes += (0..<count).map { _ in .random(in: 0...255, using: &self) }
                default: bytes += bytes.suffix(count)
                }
            }
            return ByteBuffer(bytes: bytes)
        }

        mutating func pieces(_ buffer: ByteBuffer) -> [ByteBuffer] {
            var buffer = buffer
            var pieces: [ByteBuffer] = []
            while buffer.readableBytes > 0 {
                let most = [1, 20, 5_000, 100_000].randomElement(using: &self) ?? 1
                let count = min(Int.random(in: 1...most, using: &self), buffer.readableBytes)
                if let piece = buffer.readSlice(length: count) { pieces.append(piece) }
            }
            return pieces
        }
    }

    @Test(arguments: ContentCoding.all)
    func decodesWhateverWasEncodedHoweverItIsCut(_ coding: ContentCoding) throws {
        var chance = Chance(state: 1)
        let encoder = try coding.makeEncoder(level: 3)
        for _ in 0..<60 {
            let body = chance.body()
            var coded = ByteBuffer()
            for piece in chance.pieces(body) {
                coded.writeImmutableBuffer(try encoder.write(piece))
                if Bool.random(using: &chance) { coded.writeImmutableBuffer(try encoder.flush()) }
            }
            coded.writeImmutableBuffer(try encoder.finish())
            let limit = Int.random(in: 100...70_000, using: &chance)
            #expect(try Samples.decode(chance.pieces(coded), coding, limit: limit) == body)
            try encoder.reset()
        }
    }

    @Test(arguments: ContentCoding.all)
    func comesToAnEndWithWhateverArrives(_ coding: ContentCoding) throws {
        var chance = Chance(state: 2)
        for round in 0..<150 {
            var input = ByteBuffer(bytes: (0..<200).map { _ in UInt8.random(in: 0...255, using: &chance) })
            if !round.isMultiple(of: 4) {
                // The beginning of something coded, so that it isn't refused at the first byte.
                let coded = try Samples.encode(chance.body(), coding)
                let kept = Int.random(in: 0...coded.readableBytes, using: &chance)
                var joined = coded.getSlice(at: 0, length: kept) ?? ByteBuffer()
                joined.writeImmutableBuffer(input)
                input = joined
            }
            let size = input.readableBytes
            let decoder = try coding.makeDecoder()
            var calls = 0
            do {
                for piece in chance.pieces(input) {
                    var piece = piece
                    while let output = try decoder.decode(&piece, limit: 1_000) {
                        calls += 1
                        #expect((1...1_000).contains(output.readableBytes))
                        // Nothing makes more than some thousand bytes of one.
                        guard calls < 10_000 * (size + 1) else { return }
                    }
                    #expect(piece.readableBytes == 0)
                }
                try decoder.finish()
            } catch {
                #expect(error is CodingError)
            }
        }
    }
}
