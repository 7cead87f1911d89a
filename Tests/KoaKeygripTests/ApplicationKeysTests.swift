import Koa
import Testing

@testable import KoaKeygrip

@Suite("app.keys")
struct ApplicationKeysTests {
    @Test("are none at first")
    func none() {
        let app = Application()
        #expect(app.keys.isEmpty)
        #expect(app.signer == nil)
    }

    @Test("install a Keygrip, which signs as the reference does")
    func install() {
        let app = Application()
        app.keys = ["SEKRIT1"]
        #expect(app.keys == ["SEKRIT1"])
        #expect(app.signer?.sign("Keyboard Cat has a hat.") == "34Sr3OIsheUYWKL5_w--zJsdSNk")
    }

    @Test("rotate while the application runs")
    func rotate() {
        let app = Application()
        app.keys = ["old"]
        let signature = app.signer?.sign("a=b") ?? ""
        app.keys.insert("new", at: 0)
        #expect(app.keys == ["new", "old"])
        #expect(app.signer?.index(of: signature, for: "a=b") == 1)
        app.keys.removeLast()
        #expect(app.signer?.index(of: signature, for: "a=b") == nil)
    }

    @Test("without one, there is no signer")
    func remove() {
        let app = Application()
        app.keys = ["a"]
        app.keys = []
        #expect(app.signer == nil)
        #expect(app.keys.isEmpty)
    }

    @Test("leave out empty ones")
    func empty() {
        let app = Application()
        app.keys = ["", "a"]
        #expect(app.keys == ["a"])
        app.keys = [""]
        #expect(app.signer == nil)
    }

    @Test("read as none when the signer is another")
    func another() throws {
        struct Null: CookieSigner {
            func sign(_ text: String) -> String { "" }
            func index(of signature: String, for text: String) -> Int? { nil }
        }
        let app = Application()
        app.signer = Null()
        #expect(app.keys.isEmpty)
        app.signer = try Keygrip(["a"], algorithm: .sha256)
        #expect(app.keys == ["a"])
        app.signer = try Keygrip([[1, 2] as [UInt8]])
        #expect(app.keys.isEmpty)
    }
}
