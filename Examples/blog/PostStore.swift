import KoaBody

/// What somebody wrote.
struct Post: Sendable {
    let id: Int
    let title: String
    let text: String
}

/// A post as the form sends it.
struct NewPost: Decodable, Validatable {
    let title: String
    let text: String

    func validate(_ check: inout Validation) {
        check("title", title, .notEmpty, .count(...80))
        check("text", text, .notEmpty, .count(...10_000))
    }
}

/// The posts, in memory.
actor PostStore {
    private var posts: [Post] = []
    private var lastID = 0

    /// All posts, the newest first.
    var all: [Post] { posts.reversed() }

    func post(_ id: Int) -> Post? { posts.first { $0.id == id } }

    func add(_ new: NewPost) -> Post {
        lastID += 1
        let post = Post(id: lastID, title: new.title, text: new.text)
        posts.append(post)
        return post
    }

    /// - Returns: whether there was one.
    func remove(_ id: Int) -> Bool {
        let count = posts.count
        posts.removeAll { $0.id == id }
        return posts.count < count
    }
}
