import Testing

@testable import koa_conformance

@Suite("The cookies kept between requests")
struct CookieJarTests {
    private func header(_ lines: [String]...) -> String? {
        var jar = CookieJar()
        for lines in lines { jar.keep(lines) }
        return jar.header
    }

    @Test("are none at first")
    func empty() {
        #expect(header() == nil)
        #expect(header([]) == nil)
    }

    @Test("go back as name=value, in the order in which they were first set")
    func order() {
        #expect(header(["b=1; path=/; httponly", "a=2"], ["b=3"]) == "b=3; a=2")
    }

    @Test("keep what stands behind the first =")
    func equals() {
        #expect(header(["a=b=c=="]) == "a=b=c==")
    }

    @Test("are dropped when they are set empty or expired at the epoch")
    func dropped() {
        #expect(header(["a=1", "b=2"], ["a=; path=/"]) == "b=2")
        #expect(header(["a=1", "b=2"], ["b=x; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT"]) == "a=1")
        #expect(header(["a="]) == nil)
        #expect(header(["a=1", "b=2"], ["a="], ["a=3"]) == "b=2; a=3")
    }

    @Test("stay whatever other expiry they have")
    func expiry() {
        #expect(header(["a=1; expires=Thu, 01 Jan 1971 00:00:00 GMT"]) == "a=1")
    }
}
