import Testing

@testable import Koa

@Suite("Punycode")
struct PunycodeTests {
    static let labels: [(String, String)] = [
        ("bücher", "bcher-kva"), ("münchen", "mnchen-3ya"), ("中国", "fiqs8s"), ("☃", "n3h"), ("💩", "ls8h"), ("ü", "tda"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"), ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-super-monkeys", "-with-super-monkeys-pc58ag80a8qai00g7n9n"),
        ("hello-another-way-それぞれの場所", "hello-another-way--fc4qua05auwb3674vfr0b"), ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ("majiでkoiする5秒前", "majikoi5-783gue6qz075azm5e"), ("パフィーde" + "ルンバ", "de-jg4avhby1noc0d"),
        ("そのスピードで", "d9juau41awczczp"),
        ("-> $1.00 <-", "-> $1.00 <--"),
    ]

    @Test("writes and reads the examples of RFC 3492", arguments: labels)
    func samples(label: String, encoded: String) {
        #expect(Punycode.encode(Array(label.unicodeScalars)).map { String(decoding: $0, as: UTF8.self) } == encoded)
        #expect(Punycode.decode(Array(encoded.utf8)[...]) == Array(label.unicodeScalars))
    }

    @Test(
        "refuses what is malformed, too large or too long",
        arguments: ["é", "a b!", "99999999", "zzzzzzzzzzzzzz", "0000", "-\0"])
    func refuses(text: String) {
        #expect(Punycode.decode(Array(text.utf8)[...]) == nil)
    }

    @Test("refuses surrogates, as an encoder without checks writes them", arguments: ["ib9b", "a-qo7g"])
    func surrogates(text: String) {
        #expect(Punycode.decode(Array(text.utf8)[...]) == nil)
    }

    @Test("is bounded")
    func bounded() {
        let long = Array(repeating: Unicode.Scalar("é"), count: 256)
        #expect(Punycode.encode(long) == nil)
        #expect(Punycode.encode(Array(long.dropLast())) != nil)
        #expect(Punycode.decode(Array(String(repeating: "a", count: 65536).utf8)[...]) == nil)
    }
}
