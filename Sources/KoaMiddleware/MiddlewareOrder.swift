package import Koa

// Where the ready-made middleware may stand; debug builds warn of other places when the application starts.

extension CORS: OrderedMiddleware {
    package var kind: MiddlewareKind { .cors }

    package var orderRules: [OrderRule] {
        [
            .above(.router, because: "what it answers has no CORS headers"),
            .above(.authentication, .csrf, because: "it refuses preflights, which have no credentials"),
        ]
    }
}

extension CSRF: OrderedMiddleware {
    package var kind: MiddlewareKind { .csrf }

    package var orderRules: [OrderRule] {
        [
            .below(.bodyParser, .session, because: "the token is looked for before it has run"),
            .above(.router, because: "what it answers isn't protected"),
        ] + (store is CSRFSession ? [.needs(.session, because: "its secret is in the session")] : [])
    }
}

extension BasicAuth: OrderedMiddleware {
    package var kind: MiddlewareKind { .authentication }
}

extension BearerAuth: OrderedMiddleware {
    package var kind: MiddlewareKind { .authentication }
}

extension RateLimit: OrderedMiddleware {
    package var kind: MiddlewareKind { .rateLimit }
}

extension SecurityHeadersMiddleware: OrderedMiddleware {
    package var kind: MiddlewareKind { .securityHeaders }

    package var orderRules: [OrderRule] { [.above(.router, because: "what it answers has none of the headers")] }
}

extension StaticFiles: OrderedMiddleware {
    package var kind: MiddlewareKind { .staticFiles }
}
