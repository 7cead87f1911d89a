import KoaRouter

/// The paths that responses link to, with the types of their parameters: a link to a member without a number doesn't
/// compile.
enum Paths {
    static let teams = Route("/teams")
    static let team = Route("/teams/:team", Slug.self)
    static let member = Route("/teams/:team/members/:id", Slug.self, Int.self)
}
