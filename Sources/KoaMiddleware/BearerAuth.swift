public import Koa

private enum TokenKey: StateKey {
    typealias Value = String
}

extension ContextState {
    /// The token that ``bearerAuth(realm:verify:)`` let in.
    public var bearerToken: String? {
        get { self[TokenKey.self] }
        set { self[TokenKey.self] = newValue }
    }
}

/// Asks for a token; made by ``bearerAuth(tokens:realm:)`` or ``bearerAuth(realm:verify:)``.
///
/// ```swift
/// let guarded: BearerAuth = bearerAuth(tokens: ["a-long-random-text"])
/// app.use(mount("/api", guarded))
/// ```
public struct BearerAuth: MiddlewareProtocol {
    let realm: String
    let problem: String?
    let verify: @Sendable (String, Context) async throws -> Bool

    /// The function that runs.
    public var middleware: Middleware {
        let challenge = "Bearer realm=\(quoted(realm))"
        return { ctx, next in
            guard problem == nil, let token = authorizationToken(ctx.get("Authorization"), scheme: "bearer") else {
                throw HTTPError(.unauthorized, headers: ["WWW-Authenticate": challenge])
            }
            guard try await verify(token, ctx) else {
                throw HTTPError(
                    .unauthorized, headers: ["WWW-Authenticate": "\(challenge), error=\"invalid_token\""])
            }
            ctx.state.bearerToken = token
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` when there is no token to ask for, one that is empty or that no client can
    ///   send, or the realm can't stand in a header.
    public func prepare(for app: Application) throws {
        if let problem = problem ?? realmProblem(realm) { throw KoaError(.invalidSetup, "bearerAuth(): \(problem)") }
    }
}

/// Lets in requests that bear one of some tokens (RFC 6750); others get 401.
///
/// ```swift
/// app.use(mount("/api", bearerAuth(tokens: ["a-long-random-text"])))
/// ```
///
/// The tokens are compared in constant time. The token is ``ContextState/bearerToken`` then.
///
/// - Parameters:
///   - tokens: at least one, each of letters and digits of ASCII and of `-._~+/`, with `=` at its end alone (RFC 6750);
///     which is looked at when the application starts.
///   - realm: what the tokens are for. Default `Secure Area`.
public func bearerAuth(tokens: [String], realm: String = "Secure Area") -> BearerAuth {
    BearerAuth(realm: realm, problem: tokensProblem(tokens)) { token, _ in
        // All of them, whichever is right.
        tokens.reduce(false) { found, expected in ConstantTime.isEqual(token.utf8, to: expected.utf8) || found }
    }
}

/// What is wrong with tokens, if something is; no message holds one.
private func tokensProblem(_ tokens: [String]) -> String? {
    if tokens.isEmpty || tokens.contains("") { return "there has to be a token, and none may be empty" }
    let isSendable = tokens.allSatisfy { token in
        let end = token.utf8.drop {
            0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "-._~+/".utf8.contains($0)
        }
        return end.count < token.utf8.count && end.allSatisfy { $0 == UInt8(ascii: "=") }
    }
    return isSendable
        ? nil : "a token may have ASCII's letters and digits, and -._~+/, with = at its end: no client sends others"
}

/// Lets in requests whose token a closure knows (RFC 6750); others get 401.
///
/// ```swift
/// app.use(bearerAuth { token, ctx in
///     ctx.state["team"] = "red"
///     return token.hasPrefix("red-")
/// })
/// ```
///
/// - Parameters:
///   - realm: what the tokens are for. Default `Secure Area`.
///   - verify: whether the token is right; it may put the user into ``Koa/Context/state``.
public func bearerAuth(
    realm: String = "Secure Area",
    verify: @escaping @Sendable (String, Context) async throws -> Bool
) -> BearerAuth {
    BearerAuth(realm: realm, problem: nil, verify: verify)
}
