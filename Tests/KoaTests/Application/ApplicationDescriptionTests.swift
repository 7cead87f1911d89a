import Testing

@testable import Koa

@Suite("app.toJSON() and its debug description")
struct ApplicationDescriptionTests {
    @Test("have subdomainOffset, proxy and env")
    func json() {
        let app = Application(env: "test")
        #expect(app.toJSON() == ["subdomainOffset": 2, "proxy": false, "env": "test"])
        #expect(app.debugDescription == #"{"subdomainOffset":2,"proxy":false,"env":"test"}"#)
    }

    @Test("show settings as they are now")
    func current() {
        let app = Application(env: "test")
        app.proxy = .hops(1)
        app.subdomainOffset = 0
        #expect(app.toJSON() == ["subdomainOffset": 0, "proxy": true, "env": "test"])
        app.proxy = false
        #expect(app.toJSON()["proxy"] == false)
    }

    @Test("printing an application shows them")
    func printed() {
        #expect(String(reflecting: Application(env: "x")) == #"{"subdomainOffset":2,"proxy":false,"env":"x"}"#)
    }

    @Test("keep secrets out: no signer, no shared values")
    func secrets() {
        let app = Application(env: "test")
        app.signer = TestSigner(keys: ["secret"])
        app.context["token"] = "secret"
        #expect(!app.debugDescription.contains("secret"))
    }
}
