public import Koa

/// Lets a POST be another method, for forms and clients that know no other: `X-HTTP-Method-Override: DELETE`.
///
/// ```swift
/// app.use(methodOverride())
/// ```
///
/// Only a POST is changed, and only into one of the methods given: a method that a cross-site form couldn't send is one
/// that it still can't, as browsers don't send the header with it. Another method is answered with 400.
///
/// - Parameters:
///   - header: the header's name.
///   - query: the name of a query parameter that says the same, for forms: `/users/1?_method=DELETE`. None by default;
///     with one, every form of every site can send these methods, so guard them as you guard POST.
///   - methods: which methods may be asked for. PUT, PATCH and DELETE by default.
public func methodOverride(
    header: String = "X-HTTP-Method-Override",
    query: String? = nil,
    methods: [HTTPRequest.Method] = [.put, .patch, .delete]
) -> NamedMiddleware {
    NamedMiddleware(.methodOverride, rules: [.above(.router, because: "it has chosen by the method as it was sent")]) {
        ctx, next in
        if ctx.method == .post {
            let asked = ctx.get(header).isEmpty ? query.flatMap { ctx.query[$0] } ?? "" : ctx.get(header)
            if !asked.isEmpty {
                guard let method = methods.first(where: { $0.rawValue.equalsIgnoringCase(asked) }) else {
                    throw HTTPError(.badRequest, "invalid overridden method")
                }
                ctx.method = method
            }
        }
        try await next()
    }
}
