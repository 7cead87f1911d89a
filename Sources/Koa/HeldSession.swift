/// The session of a request, for middleware that can't know who keeps sessions.
package protocol HeldSession: AnyObject {
    /// The text of a key.
    func text(_ key: String, _ ctx: Context) -> String?
    /// Sets the text of a key.
    func set(_ text: String, forKey key: String, _ ctx: Context)
}
