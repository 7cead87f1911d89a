/// An error that is sent as more than its message: a problem document, say.
package protocol ErrorDocument: ErrorStatus {
    /// The media type and the text of the response; nil for the message alone.
    var document: (type: String, text: String)? { get }
}
