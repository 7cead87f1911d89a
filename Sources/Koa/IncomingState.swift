import HTTPTypes

/// What a request's members read and change: the wire's head stays as it was.
struct IncomingState {
    var url: String
    var method: HTTPRequest.Method
    /// Headers set by the application in place of those that came.
    var headers: Headers?
    /// An address set by the application, or the one that was worked out.
    var ip: String?
    var accept: Accepts?
    var query: (text: String, value: Query)?
    var whatwgURL: WebURL??
    var isBodyTaken = false
    var bodyRead = 0
    var maxBodySize: Int?

    init(target: String, method: HTTPRequest.Method) {
        url = target
        self.method = method
    }
}
