public import Koa

/// Signs and verifies cookies, or any text, by HMAC with a list of keys, the newest first.
///
/// New signatures are the first key's; those of any key are accepted, so that keys rotate: put a new one at the front,
/// and drop the last when nothing that it signed is of use.
///
/// ```swift
/// let keys = try Keygrip(["new secret", "old secret"])
/// let signature = keys.sign("user=tobi")
/// keys.verify(signature, for: "user=tobi")          // true
/// keys.index(of: signature, for: "user=tobi")       // 0
/// app.signer = try Keygrip(["a", "b"], algorithm: .sha256, accepting: [.sha1])  // SHA-1 signatures are renewed
/// ```
///
/// Signatures are byte for byte keygrip 1.1.0's. Printing a Keygrip shows none of its keys.
public struct Keygrip: CookieSigner, Sendable {
    /// The keys as they were given; empty when they were given as bytes.
    let keys: [String]

    private let encoding: Encoding
    private let newest: KeyedHash
    private let older: [KeyedHash]

    /// Makes a signer of text keys, used as their UTF-8.
    ///
    /// - Parameters:
    ///   - keys: the newest first.
    ///   - algorithm: the hash of new signatures. Default SHA-1, the reference's; for HMAC it is not broken.
    ///   - encoding: how a signature is written. Default URL-safe base64 without padding.
    ///   - accepting: further hashes by which old signatures were made. Default none.
    /// - Throws: ``KeygripError`` when there is no key, or an empty one.
    public init(
        _ keys: [String],
        algorithm: Algorithm = .sha1,
        encoding: Encoding = .base64,
        accepting: [Algorithm] = []
    ) throws(KeygripError) {
        try self.init(keys.map(\.utf8), texts: keys, algorithm, encoding, accepting)
    }

    /// Makes a signer of keys that are bytes, as ``init(_:algorithm:encoding:accepting:)`` does of texts.
    ///
    /// - Throws: ``KeygripError`` when there is no key, or an empty one.
    public init<Key: Collection<UInt8>>(
        _ keys: [Key],
        algorithm: Algorithm = .sha1,
        encoding: Encoding = .base64,
        accepting: [Algorithm] = []
    ) throws(KeygripError) {
        try self.init(keys, texts: [], algorithm, encoding, accepting)
    }

    private init<Key: Collection<UInt8>>(
        _ keys: [Key],
        texts: [String],
        _ algorithm: Algorithm,
        _ encoding: Encoding,
        _ accepting: [Algorithm]
    ) throws(KeygripError) {
        guard keys.allSatisfy({ !$0.isEmpty }) else { throw .emptyKey }
        let hashes = ([algorithm] + accepting.filter { $0 != algorithm }).flatMap { algorithm in
            keys.map { KeyedHash(key: $0, algorithm: algorithm) }
        }
        guard let newest = hashes.first else { throw .keysRequired }
        self.keys = texts
        self.encoding = encoding
        self.newest = newest
        self.older = Array(hashes.dropFirst())
    }

    /// The signature of the text by the first key.
    public func sign(_ text: String) -> String {
        newest.signature(of: text, in: encoding)
    }

    /// The position of the key that made the signature, nil when none did.
    ///
    /// The keys count on with each algorithm of `accepting`: of two keys and one such algorithm, 2 is the first key by
    /// the old hash. Each comparison takes the same time wherever the texts differ. Only a right signature ends the
    /// search early, and who has one learns the position of its key, no more; all wrong ones of a length take the same.
    public func index(of signature: String, for text: String) -> Int? {
        if newest.made(signature, of: text, in: encoding) { return 0 }
        return older.firstIndex { $0.made(signature, of: text, in: encoding) }.map { $0 + 1 }
    }
}

// The cookies that it finds right are remembered.
extension Keygrip: ConstantSigner {}

extension Keygrip: CustomStringConvertible, CustomReflectable {
    /// The type's name and the number of ways in which a signature may be right, without the keys.
    public var description: String { "Keygrip(\(older.count + 1))" }

    /// A mirror without the keys, so that no dump of an application puts them into a log.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
