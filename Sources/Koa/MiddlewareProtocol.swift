import Logging
import NIOConcurrencyHelpers

/// A middleware that is more than a function: a value with settings, which is looked at before the application serves.
///
/// Routers and the ready-made middleware are such values; ``Application/use(_:_:fileID:line:)-(MiddlewareProtocol,_,_,_)``
/// takes them as it takes functions.
///
/// ```swift
/// struct PoweredBy: MiddlewareProtocol {
///     let name: String
///     var middleware: Middleware {
///         { [name] ctx, next in
///             ctx.set("X-Powered-By", name)
///             try await next()
///         }
///     }
/// }
/// app.use(PoweredBy(name: "Koa"))
/// ```
public protocol MiddlewareProtocol: Sendable {
    /// The function that runs; asked for once, when the value is added.
    var middleware: Middleware { get }

    /// Throws when it can't work as it is set up, and warns of what looks wrong. Nothing by default.
    ///
    /// Called by ``Application/prepare()``, before the first request of a server.
    func prepare(for app: Application) throws
}

extension MiddlewareProtocol {
    /// Nothing to look at.
    public func prepare(for app: Application) throws {}
}

extension Application {
    /// Adds middleware that are values to the end of the list.
    ///
    /// - Returns: the application, so that calls can be chained.
    @discardableResult
    public func use(
        _ middleware: any MiddlewareProtocol,
        _ more: any MiddlewareProtocol...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Application {
        let origin = Chain.Origin(fileID: fileID, line: line)
        for one in [middleware] + more {
            add(one.middleware, origin, chooser: (one as? any ChoosingMiddleware)?.chooser)
            let placed = PlacedMiddleware(one, origin)
            settings.withLockedValue {
                $0.unprepared.append(one)
                if let placed { $0.placed.append(placed) }
            }
        }
        return self
    }

    /// Looks at how the middleware are set up, as starting a server does first: a route that can't be compiled, say, is
    /// an error here and not with a request.
    ///
    /// Debug builds log a warning for ready-made middleware that stand in an order that can't work, such as `cors()` below
    /// a router.
    ///
    /// ```swift
    /// try app.prepare()
    /// ```
    ///
    /// - Throws: what the first ``MiddlewareProtocol/prepare(for:)`` throws; it is asked again the next time.
    public func prepare() throws {
        #if DEBUG
            let hasNew = settings.withLockedValue { !$0.unprepared.isEmpty }
            try prepareParts()
            if hasNew { warnOfOrder() }
        #else
            try prepareParts()
        #endif
    }

    /// Prepares the middleware that nobody has looked at yet.
    func prepareParts() throws {
        // Taken out first, so that applications that are mounted in each other come to an end.
        let parts = settings.withLockedValue { settings in
            defer { settings.unprepared = [] }
            return settings.unprepared
        }
        for (index, part) in parts.enumerated() {
            do {
                try part.prepare(for: self)
            } catch {
                settings.withLockedValue { $0.unprepared.insert(contentsOf: parts[index...], at: 0) }
                throw error
            }
        }
    }

    #if DEBUG
        private func warnOfOrder() {
            for warning in OrderCheck(self).warnings
            where settings.withLockedValue({ $0.orderWarnings.insert(warning).inserted }) {
                logger.warning("\(warning)")
            }
        }
    #endif
}
