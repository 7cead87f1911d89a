/// A content coding of RFC 9110 that this build knows.
///
/// `gzip` and `deflate` are always there. `brotli` and `zstd` each need the package trait of that name, since they need
/// a system library: without it the case is unavailable.
package enum ContentCoding: Sendable, Hashable {
    /// RFC 1952.
    case gzip
    /// RFC 1950 when written; when read also without its wrapper (RFC 1951), which some senders take it for.
    case deflate

    #if Brotli
        /// RFC 7932.
        case brotli
    #else
        /// RFC 7932.
        @available(
            *, unavailable, message: "needs the package trait Brotli, and libbrotli (apt-get install libbrotli-dev)"
        )
        case brotli
    #endif

    #if Zstd
        /// RFC 8878, with the window that RFC 9659 allows.
        case zstd
    #else
        /// RFC 8878.
        @available(*, unavailable, message: "needs the package trait Zstd, and libzstd (apt-get install libzstd-dev)")
        case zstd
    #endif

    /// The codings of this build.
    package static let all: [ContentCoding] = {
        var codings: [ContentCoding] = [.gzip, .deflate]
        #if Brotli
            codings.append(.brotli)
        #endif
        #if Zstd
            codings.append(.zstd)
        #endif
        return codings
    }()

    /// The name in Content-Encoding and Accept-Encoding: `gzip`, `deflate`, `br`, `zstd`.
    package var name: String {
        switch self {
        case .gzip: "gzip"
        case .deflate: "deflate"
        #if Brotli
            case .brotli: "br"
        #endif
        #if Zstd
            case .zstd: "zstd"
        #endif
        }
    }

    /// The coding of a name, in any case, if this build knows it; `x-gzip` is `gzip` (RFC 9110, section 8.4.1.3).
    package init?(_ name: some StringProtocol) {
        let name = name.lowercased()
        guard let coding = Self.all.first(where: { $0.name == name || $0 == .gzip && name == "x-gzip" }) else {
            return nil
        }
        self = coding
    }

    /// The levels that an encoder takes, from fastest to smallest: 0…9, for br 0…11, for zstd 1…19.
    package var levels: ClosedRange<Int> {
        switch self {
        case .gzip, .deflate: 0...9
        #if Brotli
            case .brotli: 0...11
        #endif
        #if Zstd
            case .zstd: 1...19
        #endif
        }
    }

    /// The level unless one is given: 6, for br 4, for zstd 3.
    package var defaultLevel: Int {
        switch self {
        case .gzip, .deflate: 6
        #if Brotli
            case .brotli: 4
        #endif
        #if Zstd
            case .zstd: 3
        #endif
        }
    }

    /// An encoder.
    ///
    /// - Parameter level: of ``levels``; one outside is brought to the nearest.
    /// - Throws: ``CodingError`` `.outOfMemory`.
    package func makeEncoder(level: Int? = nil) throws -> any ContentEncoder {
        let level = min(max(level ?? defaultLevel, levels.lowerBound), levels.upperBound)
        switch self {
        case .gzip: return try ZlibEncoder(.gzip, level: level)
        case .deflate: return try ZlibEncoder(.zlib, level: level)
        #if Brotli
            case .brotli: return try BrotliEncoder(level: level)
        #endif
        #if Zstd
            case .zstd: return try ZstdEncoder(level: level)
        #endif
        }
    }

    /// A decoder.
    ///
    /// - Throws: ``CodingError`` `.outOfMemory`.
    package func makeDecoder() throws -> any ContentDecoder {
        switch self {
        case .gzip: return try GzipDecoder()
        case .deflate: return DeflateDecoder()
        #if Brotli
            case .brotli: return try BrotliDecoder()
        #endif
        #if Zstd
            case .zstd: return try ZstdDecoder()
        #endif
        }
    }
}
