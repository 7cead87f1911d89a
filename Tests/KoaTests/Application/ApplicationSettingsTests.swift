import Logging
import Testing

@testable import Koa

@Suite("Application's settings")
struct ApplicationSettingsTests {
    @Test("defaults are the reference's")
    func defaults() {
        let app = Application()
        #expect(app.env == Environment.value("KOA_ENV") ?? "development")
        #expect(app.proxy == .none)
        #expect(app.subdomainOffset == 2)
        #expect(app.proxyIPHeader == "X-Forwarded-For")
        #expect(app.maxIPsCount == 0)
        #expect(!app.silent)
        #expect(app.signer == nil)
        #expect(app.middlewareCount == 0)
        #expect(app.logger.label == "koa")
    }

    @Test("the constructor sets env")
    func env() {
        #expect(Application(env: "production").env == "production")
    }

    @Test("an environment variable that isn't set reads as nil")
    func environment() {
        #expect(Environment.value("KOA_TEST_NO_SUCH_VARIABLE") == nil)
    }

    @Test("the constructor sets proxy")
    func proxy() {
        #expect(Application(proxy: true).proxy == .all)
        #expect(Application(proxy: false).proxy == .none)
        #expect(Application(proxy: .hops(2)).proxy == .hops(2))
    }

    @Test("the constructor sets subdomainOffset, 0 too", arguments: [0, 3])
    func subdomainOffset(_ offset: Int) {
        #expect(Application(subdomainOffset: offset).subdomainOffset == offset)
    }

    @Test("the constructor sets proxyIPHeader and maxIPsCount")
    func proxyHeader() {
        let app = Application(proxyIPHeader: "X-Client", maxIPsCount: 3)
        #expect(app.proxyIPHeader == "X-Client")
        #expect(app.maxIPsCount == 3)
    }

    @Test("a signer is there for cookies once it is set, and can be changed and removed")
    func signer() {
        let app = Application()
        app.signer = TestSigner(keys: ["one"])
        #expect(app.signer?.sign("a=1") == TestSigner(keys: ["one"]).sign("a=1"))
        app.signer = TestSigner(keys: ["two", "one"])
        #expect(app.signer?.index(of: TestSigner(keys: ["one"]).sign("a=1"), for: "a=1") == 1)
        app.signer = nil
        #expect(app.signer == nil)
    }

    @Test("the errors that the framework throws are one public type")
    func errorType() {
        let error: any Error = HTTPError(.notFound)
        #expect(error is HTTPError)
        #expect((error as? any ErrorStatus)?.status == 404)
    }
}
