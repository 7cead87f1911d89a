/// What was read of a request's body, for middleware that can't know who reads bodies.
package protocol ReadBody: AnyObject {
    /// The text of a field of a form or a JSON object.
    func field(_ name: String) -> String?
}
