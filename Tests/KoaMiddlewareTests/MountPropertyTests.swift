import Koa
import KoaMiddleware
import Testing

/// What a mount is, by segments: said in another way than it is written.
private struct Definition {
    /// The mount path's segments.
    let segments: [Substring]
    let endsInSlash: Bool
    let isRoot: Bool

    init(_ path: String) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)
        endsInSlash = path.count > 1 && path.hasSuffix("/")
        if endsInSlash { segments.removeLast() }
        self.segments = segments
        isRoot = path == "/"
    }

    /// The path that is seen below, or nil when the mount doesn't match.
    func inside(_ path: String) -> String? {
        if isRoot { return path }
        let all = path.split(separator: "/", omittingEmptySubsequences: false)
        guard all.starts(with: segments) else { return nil }
        let rest = all.dropFirst(segments.count)
        if rest.isEmpty { return endsInSlash ? nil : "/" }
        let left = rest.joined(separator: "/")
        guard endsInSlash else { return "/" + left }
        if ["http://", "https://"].contains(where: left.lowercased().hasPrefix) { return "/" + left }
        return left.isEmpty ? "/" : left
    }
}

/// Random paths, of pieces that other frameworks' mounts were bypassed by.
private struct Paths {
    private static let pieces = [
        "a", "A", "b", "", "", ".", "..", "%2F", "%2e", "%61", "a%2Fb", "ab", "a.", "a;b", "http:", "http://a",
        "HTTPS://a", "a:b", "%", "é",
        "*",
    ]
    private static let mountable = ["a", "b", "ab", "", "..", ".", "%2F", "http:", "a%2Fb"]
    var numbers: SplitMix64

    private mutating func path(of pieces: [String], atMost count: Int) -> String {
        (0..<Int.random(in: 1...count, using: &numbers)).map { _ in "/" + (pieces.randomElement(using: &numbers) ?? "")
        }
        .joined()
    }

    mutating func mountPath() -> String { path(of: Self.mountable, atMost: 3) }

    /// A path that lies below another one more often than not.
    mutating func path(below mountPath: String) -> String {
        let own = path(of: Self.pieces, atMost: 4)
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: return own
        case 1: return mountPath
        case 2: return mountPath + own.dropFirst()
        default: return mountPath + own
        }
    }

    mutating func target(_ path: String) -> String {
        let query = ["", "", "?", "?a=/b", "?http://h/a"].randomElement(using: &numbers) ?? ""
        let prefix = ["", "", "http://h", "HTTPS://h:1"].randomElement(using: &numbers) ?? ""
        return prefix + path + query
    }
}

@Suite("a mount of any path, for any request")
struct MountPropertyTests {
    private struct View: Equatable, Sendable {
        var place: String
        var path: String
        var url: String
        var mountPath: String?
    }

    private func views(_ target: String, throwing: Bool, _ mounts: [String]) async -> [View] {
        let seen = Recording<View>()
        @Sendable func see(_ place: String, _ ctx: Context) {
            seen.add(View(place: place, path: ctx.path, url: ctx.url, mountPath: ctx.mountPath))
        }
        let app = Application(silent: true)
        app.use { ctx, next in
            defer { see("after", ctx) }
            try await next()
        }
        var inside: Mount?
        for (depth, path) in mounts.enumerated().reversed() {
            let tell: Middleware = { ctx, next in
                see("in \(depth)", ctx)
                defer { see("out \(depth)", ctx) }
                try await next()
            }
            inside = inside.map { mount(path, tell, $0.middleware) } ?? mount(path, tell)
        }
        if let inside { app.use(inside) }
        app.use { ctx in
            see("behind", ctx)
            if throwing { throw Boom() }
        }
        _ = await app.callback()(.init(method: .get, target: target))
        return seen.values
    }

    @Test("matches by the definition; mount path and path within make up the path outside; all is restored")
    func single() async throws {
        var paths = Paths(numbers: SplitMix64(seed: 1))
        var matches = 0
        for round in 0..<3000 {
            let mountPath = paths.mountPath()
            let path = paths.path(below: mountPath)
            let target = paths.target(path)
            let views = await views(target, throwing: round % 3 == 0, [mountPath])
            let outside = { (place: String) in View(place: place, path: path, url: target, mountPath: nil) }
            guard let inner = Definition(mountPath).inside(path) else {
                #expect(views == [outside("behind"), outside("after")], "\(mountPath) \(target)")
                continue
            }
            matches += 1
            try #require(views.map(\.place) == ["in 0", "behind", "out 0", "after"], "\(mountPath) \(target)")
            #expect(views[1] == outside("behind") && views[3] == outside("after"), "\(mountPath) \(target)")
            let within = views[0]
            #expect(within.path == inner, "\(mountPath) \(target)")
            let whole = (within.mountPath ?? "") + within.path
            #expect(whole == path || (within.path == "/" && within.mountPath == path), "\(mountPath) \(target)")
            #expect(within.path == views[2].path && within.url == views[2].url, "\(mountPath) \(target)")
        }
        #expect(matches > 1000)
    }

    @Test("within another: the whole mount path and what is left make up the path, too")
    func nested() async throws {
        var paths = Paths(numbers: SplitMix64(seed: 2))
        var matches = 0
        for _ in 0..<2000 {
            let mounts = [paths.mountPath(), paths.mountPath()]
            let path = paths.path(below: mounts.joined())
            let target = paths.target(path)
            let views = await views(target, throwing: false, mounts)
            var left = path
            for (depth, mountPath) in mounts.enumerated() {
                guard let inner = Definition(mountPath).inside(left) else {
                    #expect(!views.map(\.place).contains("in \(depth)"), "\(mounts) \(target)")
                    break
                }
                let within = try #require(views.first { $0.place == "in \(depth)" }, "\(mounts) \(target)")
                #expect(within.path == inner, "\(mounts) \(target)")
                let whole = (within.mountPath ?? "") + within.path
                #expect(whole == path || (within.path == "/" && within.mountPath == path), "\(mounts) \(target)")
                left = inner
                matches += depth
            }
            #expect(views.last == View(place: "after", path: path, url: target, mountPath: nil), "\(mounts) \(target)")
        }
        #expect(matches > 500)
    }
}
