/// The session of a request, for middleware that can't know who keeps sessions.
package protocol HeldSession: AnyObject {
    /// The text of a key that goes when the session gets another id.
    func secret(_ key: String, _ ctx: Context) -> String?
    /// Sets the text of such a key.
    func setSecret(_ text: String, forKey key: String, _ ctx: Context)
}
