import Koa
import Testing

@testable import koa_conformance

@Suite("What a case asks for")
struct ScenarioTests {
    private func scenario(_ middleware: String, app: String = "{}") throws -> Scenario {
        try Scenario(madeCase(middleware, "", more: #","app":\#(app)"#), files: "/files")
    }

    @Test(
        "is known: operations and reads, also within try and nest",
        arguments: [
            #"[["next"]]"#, #"[["status",200],["message","x"],["type","json"],["length",1],["etag","x"]]"#,
            #"[["lastModified","2013-09-13T00:00:00Z"]]"#, #"[["body.text","x"],["body.bytes","eA=="],["body.null"]]"#,
            #"[["body.json",null],["body.stream",["eA==",""]]]"#,
            #"[["set","a","b"],["set","a",["b"]],["remove","a"]]"#,
            #"[["append","a",["b","c"]],["vary","a, b"],["vary",["a"]]]"#,
            #"[["redirect","/"],["back"],["back","/x"]]"#,
            #"[["attachment"],["attachment","a",{"type":"inline","fallback":false}]]"#,
            #"[["cookie","a",null],["cookie","a","b",{"maxAge":1,"sameSite":true,"priority":"low"}]]"#,
            #"[["throw",400,null],["throw",400,"x",{"headers":{"a":"b"},"expose":false}],["assert",true,400,"x"]]"#,
            #"[["try",[["fail","x"]],[["read","error"]]],["nest",[["next"]]],["state.set","a",1]]"#,
            #"[["request.set","query",{"a":["b","c"]}],["request.set","method","PUT"]]"#,
            #"[["read","is"],["read","accepts",["a","b"]],["read","cookie","a",{"signed":true}],["reply"]]"#,
            #"[["read","state","x"],["reply.header","X"]]"#,
        ]
    )
    func known(operations: String) throws {
        #expect(try scenario("[\(operations)]").middleware?.count == 1)
    }

    @Test(
        "is unsupported where there is no such thing yet",
        arguments: [
            (#"[{"kind":"no such kind"}]"#, "middleware no such kind"), (#"[[["fly"]]]"#, "operation fly"),
            (#"[[["try",[["next"]],[["fly"]]]]]"#, "operation fly"),
            (#"[[["nest",[["read","weather"]]]]]"#, "read weather"),
            (#"[[["cookie","a","b",{"chocolate":true}]]]"#, "cookie option chocolate"),
            (#"[[["request.set","weather","x"]]]"#, "request.set weather"),
        ]
    )
    func unsupported(middleware: String, missing: String) throws {
        let scenario = try scenario(middleware)
        #expect(scenario.middleware == nil)
        #expect(scenario.missing == missing)
    }

    @Test("is unsupported with an unknown application option")
    func unknownOption() throws {
        #expect(try scenario("[]", app: #"{"keys":["a"],"colour":"red"}"#).missing == "application option colour")
    }

    @Test(
        "is malformed where an operation has the wrong values",
        arguments: [
            #"[1]"#, #"[{}]"#, #"[[1]]"#, #"[[[]]]"#, #"[[["status"]]]"#, #"[[["status","200"]]]"#,
            #"[[["status",2.5]]]"#,
            #"[[["body.bytes","?"]]]"#, #"[[["set","a"]]]"#, #"[[["set","a",1]]]"#, #"[[["lastModified","soon"]]]"#,
            #"[[["try",[["next"]]]]]"#, #"[[["assert","yes",400,"x"]]]"#, #"[[["cookie","a","b",{"maxAge":"1"}]]]"#,
            #"[[["read"]]]"#, #"[[["read","is",1]]]"#, #"[[["request.set","query",[]]]]"#, #"[[["throw",400,"x",[]]]]"#,
        ]
    )
    func malformed(middleware: String) {
        let error = #expect(throws: FileProblem.self) { try scenario(middleware) }
        #expect(error?.description.hasPrefix("area/0001: ") == true)
    }

    @Test(
        "is malformed with a wrong application option",
        arguments: [#"{"keys":"a"}"#, #"{"proxy":"yes"}"#, #"{"maxIpsCount":"1"}"#])
    func malformedOption(options: String) {
        #expect(throws: FileProblem.self) { try scenario("[]", app: options) }
    }

    @Test("percent-encodes as encodeURIComponent does")
    func percentEncoding() {
        #expect(PercentEncoding.component("aZ09-_.!~*'()") == "aZ09-_.!~*'()")
        #expect(PercentEncoding.component("[\"é\"]\n") == "%5B%22%C3%A9%22%5D%0A")
    }
}
