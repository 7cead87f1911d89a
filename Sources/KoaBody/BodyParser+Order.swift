package import Koa

extension BodyParser: OrderedMiddleware {
    package var kind: MiddlewareKind { .bodyParser }

    package var orderRules: [OrderRule] { [.above(.router, because: "what it runs finds no parsed body")] }
}
