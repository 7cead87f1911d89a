/// Undoes content codings, so that a compressed body is compared by what it holds.
enum ContentDecoding {
    /// The plain bytes; nil for a coding that there is no decoder of.
    static func decode(_ bytes: [UInt8], _ codings: [String]) -> [UInt8]? {
        codings.allSatisfy { $0.lowercased() == "identity" } ? bytes : nil
    }
}
