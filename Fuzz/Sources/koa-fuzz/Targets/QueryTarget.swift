@testable import Koa

/// Query strings and escapes: what was read can be written, and reads as the same again.
func fuzzQuery(_ input: Input) {
    let text = input.text
    var query = Query(text)
    let written = query.description
    let again = Query(written)
    expect(again == query && again.hashValue == query.hashValue, "written as another query: \(written)")
    expect(written.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "an unescaped character")
    expect(query.grouped.map(\.values.count).reduce(0, +) == query.count, "groups lose a parameter")
    for name in query.keys.prefix(40) {
        expect(query[name] == query.all(name).first, "two firsts")
        query[name] = nil
        expect(query[name] == nil, "a parameter is left")
    }
    expect(query.isEmpty || written.utf8.split(separator: UInt8(ascii: "&")).count > 40, "parameters are left")
    expect(Query(text, limit: 3).count <= 3, "the limit is passed")

    expect(URLEncoding.decodeComponent(URLEncoding.encodeComponent(text)) == text, "a component isn't decoded")
    expect(URLEncoding.formDecode(URLEncoding.formEncode(text)) == text, "a form's value isn't decoded")
    let url = URLEncoding.encodeURL(text)
    expect(URLEncoding.encodeURL(url) == url, "encoded twice: \(url)")
    expect(url.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "a URL with an unescaped character")
    _ = URLEncoding.decodeComponent(text)

    let escaped = HTMLEscaping.escape(text)
    expect(!escaped.utf8.contains { "<>\"'".utf8.contains($0) }, "unescaped HTML")
}
