import Koa

/// One page of the tour: where it is, what the index says of it, and what answers.
struct Page: Sendable {
    let path: String
    let title: String
    /// What the index links to: the path, with a query for pages that want one.
    let link: String
    let handler: Handler

    init(_ path: String, _ title: String, link: String? = nil, handler: @escaping Handler) {
        self.path = path
        self.title = title
        self.link = link ?? path
        self.handler = handler
    }
}

/// Pages that belong together.
struct Chapter: Sendable {
    let title: String
    let pages: [Page]
}
