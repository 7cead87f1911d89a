import Testing

@testable import Koa

@Suite("ctx.ips")
struct RequestIPsTests {
    @Test("are those of X-Forwarded-For when the proxy is trusted, none when it isn't")
    func forwardedFor() {
        let headers: Headers = ["X-Forwarded-For": "127.0.0.1,127.0.0.2"]
        #expect(madeContext(headers: headers).ips == [])
        #expect(madeContext(headers: headers, app: Application(proxy: true)).ips == ["127.0.0.1", "127.0.0.2"])
        #expect(madeContext(headers: ["X-Forwarded-For": ""], app: Application(proxy: true)).ips == [])
        #expect(madeContext(app: Application(proxy: true)).ips == [])
    }

    @Test("are those of the header that the application names")
    func otherHeader() {
        let headers: Headers = ["X-Client-IP": "127.0.0.1,127.0.0.2", "X-Forwarded-For": "9.9.9.9"]
        let app = Application(proxyIPHeader: "x-client-ip")
        #expect(madeContext(headers: headers, app: app).ips == [])
        app.proxy = true
        #expect(madeContext(headers: headers, app: app).ips == ["127.0.0.1", "127.0.0.2"])
    }

    @Test("are the last ones of a list that is longer than the application's limit")
    func limited() {
        let headers: Headers = ["X-Forwarded-For": "127.0.0.1,127.0.0.2, 127.0.0.3"]
        let app = Application(maxIPsCount: 1)
        #expect(madeContext(headers: headers, app: app).ips == [])
        app.proxy = true
        #expect(madeContext(headers: headers, app: app).ips == ["127.0.0.3"])
        app.maxIPsCount = 2
        #expect(madeContext(headers: headers, app: app).ips == ["127.0.0.2", "127.0.0.3"])
        app.maxIPsCount = 0
        #expect(madeContext(headers: headers, app: app).ips.count == 3)
        app.maxIPsCount = -1
        #expect(madeContext(headers: headers, app: app).ips.count == 3)
    }

    @Test("join several lines of the header")
    func severalLines() {
        let headers = Headers([("X-Forwarded-For", "1.1.1.1"), ("x-forwarded-for", "2.2.2.2")])
        #expect(madeContext(headers: headers, app: Application(proxy: true)).ips == ["1.1.1.1", "2.2.2.2"])
    }
}
