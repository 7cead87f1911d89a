import Testing

@testable import Koa

@Suite("Freshness")
struct FreshnessTests {
    static func isFresh(
        noneMatch: String? = nil, since: String? = nil, cacheControl: String? = nil, etag: String? = nil,
        modified: String? = nil
    ) -> Bool {
        Freshness.isFresh(
            ifNoneMatch: noneMatch, ifModifiedSince: since, cacheControl: cacheControl, etag: etag,
            lastModified: modified
        )
    }

    static let earlier = "Sat, 01 Jan 2000 00:00:00 GMT"
    static let later = "Sat, 01 Jan 2000 01:00:00 GMT"

    @Test("is stale without a condition")
    func unconditional() {
        #expect(!Self.isFresh())
        #expect(!Self.isFresh(etag: "\"foo\"", modified: Self.earlier))
        #expect(!Self.isFresh(noneMatch: "", since: "", etag: "\"foo\"", modified: Self.earlier))
    }

    static let matching: [(String, String)] = [
        ("\"foo\"", "\"foo\""), ("\"bar\", \"foo\"", "\"foo\""), ("\"bar\" , \"foo\"", "\"foo\""),
        ("\"bar\",\"foo\"", "\"foo\""), ("\"bar\",\t\"foo\"", "\"foo\""), ("\"foo\"\t,\"bar\"", "\"foo\""),
        ("W/\"foo\"", "W/\"foo\""), ("W/\"foo\"", "\"foo\""), ("\"foo\"", "W/\"foo\""),
        ("W/\"bar\", W/\"foo\"", "\"foo\""), ("*", "\"foo\""), (",, \"foo\"", "\"foo\""),
        ("\"a,b\"", "\"a,b\""), ("\"x\", W/\"a, b\"", "\"a, b\""), ("\"a\\\", \"b\"", "\"b\""), ("foo", "foo"),
        ("\"é\"", "W/\"é\""),
    ]

    @Test("is fresh when If-None-Match has the entity tag", arguments: matching)
    func checkMatching(_ noneMatch: String, _ etag: String) {
        #expect(Self.isFresh(noneMatch: noneMatch, etag: etag))
    }

    static let mismatching: [(String, String?)] = [
        ("\"foo\"", "\"bar\""), ("\"foo\"", nil), ("\"foo\"", ""), ("foo", "\"foo\""), ("*, \"bar\"", "\"foo\""),
        ("\"bar\", *", "\"foo\""), ("w/\"foo\"", "\"foo\""), ("\"foo", "\"foo\""), ("\"FOO\"", "\"foo\""),
        ("\"foo\" \"bar\"", "\"foo\""), ("\"a,b\"", "\"a\""), ("\"a, \"b\"", "\"b\""), (",", "\"foo\""),
    ]

    @Test("is stale when it doesn't", arguments: mismatching)
    func checkMismatching(_ noneMatch: String, _ etag: String?) {
        #expect(!Self.isFresh(noneMatch: noneMatch, etag: etag))
    }

    @Test("is fresh for * even without an entity tag")
    func anyTag() {
        #expect(Self.isFresh(noneMatch: "*"))
    }

    @Test("is stale when modified since the date")
    func modified() {
        #expect(!Self.isFresh(since: Self.earlier, modified: Self.later))
    }

    @Test("is fresh when not modified since the date")
    func unmodified() {
        #expect(Self.isFresh(since: Self.later, modified: Self.earlier))
        #expect(Self.isFresh(since: Self.earlier, modified: Self.earlier))
    }

    @Test("is stale when Last-Modified is missing")
    func withoutLastModified() {
        #expect(!Self.isFresh(since: Self.later))
    }

    @Test("is stale with a date that is not one", arguments: ["foo", "Sat, 32 Jan 2000 00:00:00 GMT"])
    func invalidDates(_ date: String) {
        #expect(!Self.isFresh(since: date, modified: Self.earlier))
        #expect(!Self.isFresh(since: Self.later, modified: date))
        #expect(!Self.isFresh(since: date, modified: date))
    }

    static let both: [(String, String, Bool)] = [
        ("\"foo\"", later, true), ("\"foo\"", earlier, false), ("\"bar\"", later, false), ("\"bar\"", earlier, false),
    ]

    @Test("needs both conditions when both are sent", arguments: both)
    func checkBoth(_ noneMatch: String, _ since: String, _ expected: Bool) {
        let modified = expected || since == Self.later ? Self.earlier : Self.later
        #expect(Self.isFresh(noneMatch: noneMatch, since: since, etag: "\"foo\"", modified: modified) == expected)
    }

    @Test(
        "is stale with Cache-Control: no-cache",
        arguments: ["no-cache", " no-cache ", "max-age=0, no-cache", "x, no-cache ,y", "no-cache,", "No-Cache"]
    )
    func noCache(_ cacheControl: String) {
        #expect(!Self.isFresh(cacheControl: cacheControl))
        #expect(!Self.isFresh(noneMatch: "\"foo\"", cacheControl: cacheControl, etag: "\"foo\""))
        #expect(!Self.isFresh(since: Self.later, cacheControl: cacheControl, modified: Self.earlier))
    }

    @Test(
        "does not take other directives for it",
        arguments: [
            "", "max-age=0", "no-store", "no-cache-please", "x-no-cache", "no-cache=\"x\"", "a=\"x, no-cache, y\"",
        ]
    )
    func otherDirectives(_ cacheControl: String) {
        #expect(Self.isFresh(noneMatch: "\"foo\"", cacheControl: cacheControl, etag: "\"foo\""))
    }
}
