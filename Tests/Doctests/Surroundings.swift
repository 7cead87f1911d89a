import Koa
import KoaLifecycle
import KoaRouter
import KoaTesting

// What the documentation's examples take from the application that surrounds them.

let app = Application()
let client = app.test

struct User: Codable, Sendable {
    var id = 1
    var name = "Ada"
    var isActive = true
}

let user = User()
let id = "1"
let name = "Ada"
let text = "some text"
let chunk = "some text"
let path = "/tmp/app.sock"
let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
let secrets = ["a newer secret", "an older one"]
let configuration = ["samesite": "lax"]

func percentEncoded(_ text: String) -> String { text }

/// Keys that are kept elsewhere.
struct Vault: Sendable {
    var count: Int { 2 }
    func mac(of text: String, key: Int) -> String { "\(key) \(text)" }
    func isEqual(_ left: String, _ right: String) -> Bool { left == right }
}

let vault = Vault()

/// Another service of the same process.
struct Database: Service {
    func run() async throws {}
}

let database = Database()

func makeApp() throws -> Application { app }

let router = Router()
let users = Router()
let posts = Router()
let forums = Router()
let teams = ["a": "Alpha", "b": "Beta"]

/// What routes read from.
actor UserStore {
    var all: [User] { [user] }
}

let store = UserStore()
let requireAdmin: Middleware = { _, next in try await next() }
let requireInvitation = requireAdmin
let loadUser = requireAdmin
