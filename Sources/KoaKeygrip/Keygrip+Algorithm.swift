extension Keygrip {
    /// The hash by which signatures are made.
    ///
    /// ```swift
    /// try Keygrip(["secret"], algorithm: .sha256)
    /// ```
    public struct Algorithm: Sendable, Hashable {
        enum Kind {
            case sha1, sha256, sha384, sha512
        }

        let kind: Kind

        /// SHA-1: signatures of 20 bytes, the reference's default.
        public static let sha1 = Algorithm(kind: .sha1)

        /// SHA-256: signatures of 32 bytes.
        public static let sha256 = Algorithm(kind: .sha256)

        /// SHA-384: signatures of 48 bytes.
        public static let sha384 = Algorithm(kind: .sha384)

        /// SHA-512: signatures of 64 bytes.
        public static let sha512 = Algorithm(kind: .sha512)

        /// The bytes of a signature before they are encoded.
        var byteCount: Int {
            switch kind {
            case .sha1: 20
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }
}
