import KoaCodings
import NIOCore

/// Undoes content codings, so that a compressed body is compared by what it holds.
enum ContentDecoding {
    /// The plain bytes; nil for a coding that this build has no decoder of, and for what isn't coded so.
    static func decode(_ bytes: [UInt8], _ codings: [String]) -> [UInt8]? {
        var bytes = bytes
        for coding in names(codings).reversed() where coding != "identity" {
            guard let plain = decode(bytes, coding) else { return nil }
            bytes = plain
        }
        return bytes
    }

    /// The first of the codings that this build has no decoder of.
    static func unknown(_ codings: [String]) -> String? {
        names(codings).first { $0 != "identity" && ContentCoding($0) == nil }
    }

    private static func names(_ fields: [String]) -> [String] {
        fields.flatMap { $0.split(separator: ",") }.map { $0.filter { $0 != " " }.lowercased() }
    }

    private static func decode(_ bytes: [UInt8], _ coding: String) -> [UInt8]? {
        guard let decoder = try? ContentCoding(coding)?.makeDecoder() else { return nil }
        var input = ByteBuffer(bytes: bytes)
        var plain: [UInt8] = []
        do {
            while let piece = try decoder.decode(&input, limit: .max) { plain += piece.readableBytesView }
            try decoder.finish()
        } catch {
            return nil
        }
        return plain
    }
}
