import App
import KoaTesting
import Testing

@Suite("A user's application")
struct AppTests {
    @Test func greets() async throws {
        let response = try await makeApp().test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "Hello World")
    }

    @Test(
        "answers with each kind of body",
        arguments: [
            ("text?name=Ada", 200, "Hello Ada"),
            ("html", 200, "<b>World</b>"),
            ("object?tag=a&tag=b", 200, #"{"id":1,"name":"World","tags":["a","b"]}"#),
            ("list", 200, #"["a",1,true]"#),
            ("json", 200, #"{"id":"1","name":"World","isActive":true}"#),
            ("stream", 200, "1 World\n2 World\n3 World\n"),
            ("sequence", 200, "onetwo"),
            ("nothing", 204, ""),
            ("created", 201, ""),
            ("teapot", 418, "I'm a Teapot"),
            ("offload", 200, "5050"),
            ("unauthorized", 401, "Please login!"),
            ("refused", 500, "Internal Server Error"),
            ("file", 404, "Not Found"),
            ("own", 409, "That is sold out."),
            ("unknown", 404, "Not Found"),
        ] as [(String, Int, String)]
    )
    func bodies(path: String, status: Int, text: String) async throws {
        let response = try await makeApp().test.get("/bodies/\(path)")
        #expect(response.status.code == status)
        #expect(response.text == text)
    }

    @Test(
        "runs functions and methods as middleware",
        arguments: [
            ("/users", 200, #"["1","2"]"#),
            ("/users?id=1", 200, #"{"id":"1","name":"Ada"}"#),
            ("/users?id=3", 404, "No such user"),
            ("/ping", 200, "pong 1"),
            ("/admin", 401, "Please login!"),
            ("/admin?user=Grace", 403, "Forbidden"),
            ("/admin?user=Ada", 200, "secrets"),
        ] as [(String, Int, String)]
    )
    func named(path: String, status: Int, text: String) async throws {
        let response = try await makeApp().test.get(path)
        #expect(response.status.code == status)
        #expect(response.text == text)
    }

    @Test(
        "routes to handlers of every form",
        arguments: [
            ("", 200, "shop"), ("/next", 200, "next"), ("/behind", 401, "Unauthorized"),
            ("/behind?key=1", 200, "behind"),
            ("/both?key=1", 200, "both"), ("/four?key=1", 200, "four"), ("/closed", 200, "closed"),
            ("/function", 200, "listed"), ("/synchronous", 200, "answered"), ("/middleware", 200, "passed"),
            ("/method", 200, "index"), ("/key", 401, "Unauthorized"), ("/static", 200, "shared"),
            ("/kinds/fruit", 200, "Fruit"), ("/kinds/x", 404, "Not Found"),
            ("/value?name=Grace", 200, #"{"id":"1","name":"Grace","isActive":true}"#),
            ("/users/3", 200, #"{"id":"3","name":"Ada","isActive":true}"#), ("/users/x", 404, "Not Found"),
            ("/items/41", 200, "42"), ("/items/x", 404, "Not Found"), ("/items/1/parts/a%20b?key=1", 200, "a b of 1"),
            ("/orders", 405, "Method Not Allowed"), ("/home", 301, "Redirecting to /shop/key."),
            ("/admin", 401, "Unauthorized"), ("/admin?key=1", 200, "admin"), ("/stock", 200, "3"),
            ("/stock/json", 200, #"{"count":3}"#), ("/nested/deep", 200, "/shop/key"),
        ] as [(String, Int, String)]
    )
    func routes(path: String, status: Int, text: String) async throws {
        let client = try makeApp().test
        let response = try await client.get("/shop" + path)
        #expect(response.status.code == status)
        #expect(response.text == text)
        #expect(response.get("X-Shop") == (status == 200 || status == 301 ? "1" : nil))
        #expect(try await client.get("/pictures/sun.png").text == "sun")
    }
}
