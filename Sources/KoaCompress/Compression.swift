import KoaCodings

/// A content coding that responses are sent in, with its level.
///
/// ```swift
/// app.use(compress([.gzip(level: 9), .deflate]))
/// ```
public struct Compression: Sendable, Hashable {
    let coding: ContentCoding
    /// How much work is put into making it small.
    public let level: Int

    private init(_ coding: ContentCoding, level: Int? = nil) {
        self.coding = coding
        self.level = level ?? coding.defaultLevel
    }

    /// The name in Content-Encoding.
    public var name: String { coding.name }

    /// gzip (RFC 1952) of level 6.
    public static let gzip = Compression(.gzip)
    /// gzip of a level from 0, not compressed at all, to 9.
    public static func gzip(level: Int) -> Compression { Compression(.gzip, level: level) }

    /// deflate, which is zlib's format (RFC 1950), of level 6.
    public static let deflate = Compression(.deflate)
    /// deflate of a level from 0, not compressed at all, to 9.
    public static func deflate(level: Int) -> Compression { Compression(.deflate, level: level) }

    #if Brotli
        /// br (RFC 7932) of level 4, which is about as fast as gzip. Needs the package trait `Brotli`.
        public static let brotli = Compression(.brotli)
        /// br of a level from 0 to 11; those above 6 are too slow for what is compressed while it is sent.
        public static func brotli(level: Int) -> Compression { Compression(.brotli, level: level) }
    #else
        /// br (RFC 7932). Needs the package trait `Brotli`.
        @available(
            *, unavailable, message: "br needs the package trait Brotli, and libbrotli (apt-get install libbrotli-dev)"
        )
        public static var brotli: Compression { .gzip }
        /// br of a level. Needs the package trait `Brotli`.
        @available(
            *, unavailable, message: "br needs the package trait Brotli, and libbrotli (apt-get install libbrotli-dev)"
        )
        public static func brotli(level: Int) -> Compression { .gzip }
    #endif

    #if Zstd
        /// zstd (RFC 8878) of level 3. Needs the package trait `Zstd`.
        public static let zstd = Compression(.zstd)
        /// zstd of a level from 1 to 19.
        public static func zstd(level: Int) -> Compression { Compression(.zstd, level: level) }
    #else
        /// zstd (RFC 8878). Needs the package trait `Zstd`.
        @available(
            *, unavailable, message: "zstd needs the package trait Zstd, and libzstd (apt-get install libzstd-dev)"
        )
        public static var zstd: Compression { .gzip }
        /// zstd of a level. Needs the package trait `Zstd`.
        @available(
            *, unavailable, message: "zstd needs the package trait Zstd, and libzstd (apt-get install libzstd-dev)"
        )
        public static func zstd(level: Int) -> Compression { .gzip }
    #endif

    /// What this build knows, the preferred first: br and zstd by their traits, gzip, deflate.
    public static let standard: [Compression] = {
        var all: [Compression] = []
        #if Brotli
            all.append(.brotli)
        #endif
        #if Zstd
            all.append(.zstd)
        #endif
        return all + [.gzip, .deflate]
    }()

    /// What is wrong with it, if something is.
    var problem: String? {
        if coding.levels.contains(level) { return nil }
        return "\(name) has no level \(level); it has \(coding.levels.lowerBound) to \(coding.levels.upperBound)"
    }
}
