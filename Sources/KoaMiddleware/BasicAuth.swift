public import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The name and password of HTTP's Basic authentication.
///
/// ```swift
/// let credentials = BasicCredentials(authorization: "Basic dG9iaTpmZXJyZXQ=")  // tobi, ferret
/// ```
public struct BasicCredentials: Sendable, Hashable {
    /// The user's name, which has no colon.
    public let name: String
    /// The password.
    public let password: String

    /// Credentials of a name and a password.
    public init(name: String, password: String) {
        self.name = name
        self.password = password
    }

    /// Reads an Authorization field (RFC 7617); nil when it isn't of this scheme, or malformed.
    public init?(authorization: String) {
        guard let text = authorizationToken(authorization, scheme: "basic"), let bytes = Data(base64Encoded: text)
        else {
            return nil
        }
        let decoded = String(decoding: bytes, as: UTF8.self)
        guard let colon = decoded.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        name = String(decoded[..<colon])
        password = String(decoded[decoded.utf8.index(after: colon)...])
    }
}

/// What follows the scheme of an Authorization field; nil for another scheme, nothing, or more than one word.
func authorizationToken(_ field: String, scheme: String) -> String? {
    let words = field.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 2, words[0].lowercased() == scheme else { return nil }
    return String(words[1])
}

private enum NameKey: StateKey {
    typealias Value = String
}

extension ContextState {
    /// The name that ``basicAuth(realm:verify:)`` let in.
    public var basicAuthName: String? {
        get { self[NameKey.self] }
        set { self[NameKey.self] = newValue }
    }
}

/// Asks for a name and a password; made by ``basicAuth(name:password:realm:)`` or ``basicAuth(realm:verify:)``.
///
/// ```swift
/// let guarded: BasicAuth = basicAuth(name: "tobi", password: "ferret")
/// app.use(mount("/admin", guarded))
/// ```
public struct BasicAuth: MiddlewareProtocol {
    let realm: String
    let problem: String?
    let verify: @Sendable (BasicCredentials, Context) async throws -> Bool

    /// The function that runs.
    public var middleware: Middleware {
        let challenge = "Basic realm=\(quoted(realm))"
        return { ctx, next in
            guard problem == nil, let credentials = BasicCredentials(authorization: ctx.get("Authorization")),
                try await verify(credentials, ctx)
            else { throw HTTPError(.unauthorized, headers: ["WWW-Authenticate": challenge]) }
            ctx.state.basicAuthName = credentials.name
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` when there is neither a name nor a password to ask for, the password is empty,
    ///   the name has a colon, or the realm can't stand in a header.
    public func prepare(for app: Application) throws {
        if let problem = problem ?? realmProblem(realm) { throw KoaError(.invalidSetup, "basicAuth(): \(problem)") }
    }
}

/// A text between quotes, as a parameter of a header has it.
func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
        if character == "\"" || character == "\\" { quoted.append("\\") }
        quoted.append(character)
    }
    return quoted + "\""
}

/// What is wrong with a realm, if something is.
func realmProblem(_ realm: String) -> String? {
    let isSafe = realm.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    return isSafe ? nil : "the realm \(realm.debugDescription) has to be of ASCII, without control characters"
}

/// Lets in who knows a name and a password (HTTP's Basic authentication); others get 401.
///
/// ```swift
/// app.use(mount("/admin", basicAuth(name: "tobi", password: "ferret")))
/// ```
///
/// Both are compared in constant time. The name is ``ContextState/basicAuthName`` then. Passwords go over the wire as
/// they are: serve over https alone.
///
/// - Parameters:
///   - name: the name, without `:`; nil takes any. One of both has to be there, which is looked at when the application
///     starts.
///   - password: the password, not empty; nil takes any.
///   - realm: what the browser shows. Default `Secure Area`.
public func basicAuth(name: String?, password: String?, realm: String = "Secure Area") -> BasicAuth {
    BasicAuth(realm: realm, problem: credentialsProblem(name, password)) { given, _ in
        // Both, whatever the first says.
        let hasName = name.map { ConstantTime.isEqual(given.name.utf8, to: $0.utf8) } ?? true
        let hasPassword = password.map { ConstantTime.isEqual(given.password.utf8, to: $0.utf8) } ?? true
        return hasName && hasPassword
    }
}

/// What is wrong with a name and a password, if something is.
private func credentialsProblem(_ name: String?, _ password: String?) -> String? {
    if name == nil && password == nil { return "Basic auth name and/or password is required" }
    if password == "" { return "an empty password is none" }
    if name == "", password == nil { return "an empty name without a password lets everybody in" }
    if name?.utf8.contains(UInt8(ascii: ":")) == true {
        return "a name can't have a colon, at which clients' names end (RFC 7617)"
    }
    return nil
}

/// Lets in whom a closure knows by name and password (HTTP's Basic authentication); others get 401.
///
/// ```swift
/// app.use(basicAuth { credentials, ctx in
///     ctx.state["team"] = "red"
///     return credentials.name == "tobi"
/// })
/// ```
///
/// - Parameters:
///   - realm: what the browser shows. Default `Secure Area`.
///   - verify: whether the credentials are right; it may put the user into ``Koa/Context/state``.
public func basicAuth(
    realm: String = "Secure Area",
    verify: @escaping @Sendable (BasicCredentials, Context) async throws -> Bool
) -> BasicAuth {
    BasicAuth(realm: realm, problem: nil, verify: verify)
}
