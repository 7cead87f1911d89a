import Koa
import Testing

@testable import KoaSession

@Suite("What a session holds")
struct SessionContentTests {
    private let age = SessionAge.milliseconds(5)

    @Test("values are all but the session's own members, wherever those stand")
    func values() {
        let forms: [JSONObject] = [
            ["a": 1, "b": 2, "_expire": 7, "_maxAge": 9],
            ["_expire": 7, "a": 1, "_maxAge": 9, "b": 2],
            ["a": 1, "_expire": 7, "_maxAge": 9, "_other": 1, "b": 2, "isNew": true],
        ]
        for form in forms {
            let content = SessionContent(stored: form)
            #expect(content.values.description == #"{"a":1,"b":2}"#)
            #expect(content.count == 2)
            #expect(content.expire == 7)
            #expect(content.maxAge == .milliseconds(9))
            #expect(content["_expire"] == nil)
            #expect(content["b"] == 2)
            #expect(content.hasSameValues(as: SessionContent(stored: ["b": 2, "a": 1])))
        }
    }

    @Test("is stored with its own members behind the values, whatever was changed between")
    func stored() {
        let changes: [(String, (inout SessionContent) -> Void, String)] = [
            ("nothing", { _ in }, #""a":1,"b":2"#),
            ("a value", { $0.set(3, forKey: "a") }, #""a":3,"b":2"#),
            ("a new one", { $0.set(3, forKey: "c") }, #""a":1,"b":2,"c":3"#),
            ("one less", { $0.set(nil, forKey: "a") }, #""b":2"#),
            ("all", { $0.values = ["x": 1] }, #""x":1"#),
            ("none", { $0.values = [:] }, ""),
        ]
        for tail in ["_expire", "none", "both", "three"] {
            var form: JSONObject = ["a": 1, "b": 2]
            if tail != "none" { form["_expire"] = 1 }
            if tail == "both" || tail == "three" { form["_maxAge"] = 2 }
            if tail == "three" { form["_created"] = 3 }
            for (name, change, text) in changes {
                var content = SessionContent(stored: form)
                change(&content)
                let comma = text.isEmpty ? "" : ","
                #expect(
                    content.stored(age, expire: 70, created: nil).description
                        == "{\(text)\(comma)\"_expire\":70,\"_maxAge\":5}", "\(name), \(tail)")
                #expect(
                    content.stored(.browserSession, expire: 70, created: 8).description
                        == "{\(text)\(comma)\"_session\":true,\"_created\":8}", "\(name), \(tail)")
            }
        }
    }

    @Test("a change leaves what was loaded as it was")
    func original() {
        let original = SessionContent(stored: ["a": 1, "_expire": 1, "_maxAge": 1])
        var content = original
        #expect(content.hasSameValues(as: original))
        content.set(2, forKey: "a")
        #expect(!content.hasSameValues(as: original))
        #expect(original["a"] == 1)
        content.set(1, forKey: "a")
        #expect(content.hasSameValues(as: original))
    }

    @Test("times that are no numbers are unknown, and those beyond all calendars are the farthest that are not")
    func foreign() {
        let content = SessionContent(stored: ["_expire": "soon", "_maxAge": .null, "_created": 1e300])
        #expect(content.expire == nil)
        #expect(content.maxAge == nil)
        #expect(content.created == 1_000_000_000_000_000)
    }
}
