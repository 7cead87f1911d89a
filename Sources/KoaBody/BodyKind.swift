/// How a request's body is read.
///
/// ```swift
/// app.use(bodyParser(types: [.json, .form, .text], extendTypes: [.text: ["text/html"]]))
/// ```
public enum BodyKind: String, Sendable, Hashable, CaseIterable {
    /// A JSON text: a value.
    case json
    /// `application/x-www-form-urlencoded`: an object of texts, lists and objects.
    case form
    /// Text: a text.
    case text
    /// XML: a text too.
    case xml

    /// The media types that are read so unless ``bodyParser(types:extendTypes:methods:jsonLimit:formLimit:textLimit:xmlLimit:strict:form:detectJSON:onError:)`` is given more.
    public var mediaTypes: [String] {
        switch self {
        case .json:
            [
                "application/json", "application/json-patch+json", "application/vnd.api+json",
                "application/csp-report", "application/reports+json", "application/scim+json",
            ]
        case .form: ["application/x-www-form-urlencoded"]
        case .text: ["text/plain"]
        case .xml: ["text/xml", "application/xml"]
        }
    }
}
