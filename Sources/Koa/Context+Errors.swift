extension Context {
    /// Throws an error that answers with this status.
    ///
    /// ```swift
    /// try ctx.throw(.unauthorized, "Please login!")
    /// try ctx.throw(429, headers: ["Retry-After": "5"])
    /// ```
    ///
    /// - Parameters:
    ///   - status: a code that the status table doesn't know, outside 400…599, becomes 500.
    ///   - message: the status's phrase by default. The client reads it below 500, or as `expose` says.
    ///   - headers: of the error response.
    ///   - expose: whether the client reads the message.
    public func `throw`(
        _ status: Status,
        _ message: String? = nil,
        headers: Headers = [:],
        expose: Bool? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Never {
        throw HTTPError(status, message, headers: headers, expose: expose, file: file, line: line)
    }

    /// Throws an error with status 500, whose message the client doesn't see.
    public func `throw`(
        _ message: String,
        headers: Headers = [:],
        expose: Bool? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Never {
        throw HTTPError(.internalServerError, message, headers: headers, expose: expose, file: file, line: line)
    }

    /// Throws an error of yours with the status, message, headers and `expose` that it has (``ErrorStatus``), else
    /// with 500.
    public func `throw`(
        _ error: any Error,
        headers: Headers = [:],
        expose: Bool? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Never {
        try self.throw(
            (error as? any ErrorStatus)?.status ?? .internalServerError, error, headers: headers, expose: expose,
            file: file, line: line)
    }

    /// Throws an error of yours with a status; its message (``ErrorStatus``) or description is the message. Headers
    /// given here stand in for the error's own.
    public func `throw`(
        _ status: Status,
        _ error: any Error,
        headers: Headers = [:],
        expose: Bool? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Never {
        let described = error as? any ErrorStatus
        let status = HTTPError(status).status
        throw HTTPError(
            status,
            described?.message ?? "\(error)",
            headers: headers.isEmpty ? described?.headers ?? [:] : headers,
            expose: expose ?? (described?.status == status ? described?.expose : nil),
            cause: error,
            file: file,
            line: line
        )
    }

    /// The value, or an error with this status when it is nil.
    ///
    /// ```swift
    /// let id = try ctx.require(ctx.query["id"], 400, "id is missing")
    /// ```
    public func require<Value>(
        _ value: Value?,
        _ status: Status = .internalServerError,
        _ message: @autoclosure () -> String? = nil,
        headers: Headers = [:],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Value {
        guard let value else { throw HTTPError(status, message(), headers: headers, file: file, line: line) }
        return value
    }

    /// Checks that throw an HTTP error: `try ctx.assert(user.isActive, 403)`, `try ctx.assert.equal(a, b, 400)`.
    public var assert: Assertions { Assertions() }
}

/// The checks of ``Context/assert`` (http-assert): each throws an ``HTTPError`` when it fails.
///
/// ```swift
/// try ctx.assert(ctx.query["id"] != nil, 400, "id is missing")
/// try ctx.assert.equal(ctx.get("X-Version"), "2", .badRequest)
/// try ctx.assert.fail(501, "later")
/// ```
public struct Assertions: Sendable {
    /// Throws unless the condition is true. The status is 500 by default.
    public func callAsFunction(
        _ condition: Bool,
        _ status: Status = .internalServerError,
        _ message: @autoclosure () -> String? = nil,
        headers: Headers = [:],
        expose: Bool? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        guard !condition else { return }
        throw HTTPError(status, message(), headers: headers, expose: expose, file: file, line: line)
    }

    /// The same as calling `ctx.assert(…)`.
    public func ok(
        _ condition: Bool,
        _ status: Status = .internalServerError,
        _ message: @autoclosure () -> String? = nil,
        headers: Headers = [:],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        try self(condition, status, message(), headers: headers, file: file, line: line)
    }

    /// Throws unless the values are equal.
    public func equal<Value: Equatable>(
        _ left: Value,
        _ right: Value,
        _ status: Status = .internalServerError,
        _ message: @autoclosure () -> String? = nil,
        headers: Headers = [:],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        try self(left == right, status, message(), headers: headers, file: file, line: line)
    }

    /// Throws if the values are equal.
    public func notEqual<Value: Equatable>(
        _ left: Value,
        _ right: Value,
        _ status: Status = .internalServerError,
        _ message: @autoclosure () -> String? = nil,
        headers: Headers = [:],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws {
        try self(left != right, status, message(), headers: headers, file: file, line: line)
    }

    /// Throws always.
    public func fail(
        _ status: Status = .internalServerError,
        _ message: String? = nil,
        headers: Headers = [:],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws -> Never {
        throw HTTPError(status, message, headers: headers, file: file, line: line)
    }
}
