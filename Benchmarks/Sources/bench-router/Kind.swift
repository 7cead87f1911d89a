import KoaRouter

/// The kinds of routes that are timed, each a quarter of a router.
enum Kind: String, CaseIterable {
    case fixed = "static"
    case oneParameter = "one_parameter"
    case threeParameters = "three_parameters"
    case wildcard

    /// The pattern of this kind for one of many resources.
    func pattern(_ resource: Int) -> String {
        switch self {
        case .fixed: "/resource\(resource)/active"
        case .oneParameter: "/resource\(resource)/items/:id"
        case .threeParameters: "/resource\(resource)/owners/:owner/items/:item/versions/:version"
        case .wildcard: "/resource\(resource)/files/*path"
        }
    }

    /// Paths of this kind, from up to so many resources all over a router.
    func paths(in size: Int, atMost most: Int = 64) -> [String] {
        let resources = size / Self.allCases.count
        let step = max(1, resources / most)
        return stride(from: 0, to: resources, by: step).map { resource in
            switch self {
            case .fixed: "/resource\(resource)/active"
            case .oneParameter: "/resource\(resource)/items/42"
            case .threeParameters: "/resource\(resource)/owners/ada/items/42/versions/7"
            case .wildcard: "/resource\(resource)/files/images/2026/logo.png"
            }
        }
    }
}

/// A router of so many routes.
func makeRouter(of size: Int) -> Router {
    let router = Router()
    for number in 0..<size {
        let kind = Kind.allCases[number % Kind.allCases.count]
        router.get(kind.pattern(number / Kind.allCases.count)) { _ in }
    }
    return router
}
