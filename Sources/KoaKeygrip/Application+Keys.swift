public import Koa

extension Application {
    /// The secrets by which cookies are signed, the newest first; empty, the default, when they are not.
    ///
    /// Setting them installs `Keygrip(keys)` as the application's signer, also while it serves; setting none removes
    /// the signer. Empty texts are left out, as anyone could sign by them. Reads as empty when the signer is another.
    ///
    /// ```swift
    /// app.keys = ["some secret hurr"]
    /// app.keys.insert("a newer one", at: 0)  // rotation: signatures by the old one stay good, and are renewed
    /// ```
    public var keys: [String] {
        get { (signer as? Keygrip)?.keys ?? [] }
        set { signer = try? Keygrip(newValue.filter { !$0.isEmpty }) }
    }
}
