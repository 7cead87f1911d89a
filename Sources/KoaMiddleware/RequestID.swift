public import Koa
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Gives each request an id: that of its header when it is safe, else a new UUID.
///
/// ```swift
/// app.use(requestID())
/// app.use { ctx in
///     ctx.logger.info("has the id in its metadata, as request-id")
///     ctx.body = .text(ctx.state.requestID ?? "")
/// }
/// ```
///
/// The response has the id in the same header, error responses too. An id that comes in is safe with 1 to 128 letters,
/// digits and `-._~+/=:@`: it can go into a log line or a header as it is.
///
/// - Parameters:
///   - header: the header's name.
///   - trusted: whether an id that comes in is taken over. True by default; where clients reach the server directly and
///     ids have to be unique, say false.
///   - make: makes a new one; nil, the default, a random UUID in lower case.
public func requestID(
    header: String = "X-Request-Id",
    trusted: Bool = true,
    make: (@Sendable () -> String)? = nil
) -> NamedMiddleware {
    NamedMiddleware(.requestID) { ctx, next in
        let incoming = trusted ? ctx.get(header) : ""
        let id = RequestID.isSafe(incoming) ? incoming : make?() ?? UUID().uuidString.lowercased()
        ctx.state.requestID = id
        ctx.logger[metadataKey: "request-id"] = "\(id)"
        ctx.set(header, id)
        ctx.keepOnError(header)
        try await next()
    }
}

enum RequestID: StateKey {
    typealias Value = String

    /// The longest id that is taken over, in bytes.
    static let longest = 128

    static func isSafe(_ id: String) -> Bool {
        (1...longest).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~+/=:@".utf8.contains(byte)
                }
            }
    }
}

extension ContextState {
    /// The id that ``requestID(header:trusted:make:)`` gave the request.
    public var requestID: String? {
        get { self[RequestID.self] }
        set { self[RequestID.self] = newValue }
    }
}
