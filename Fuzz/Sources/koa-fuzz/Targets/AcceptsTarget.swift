@testable import Koa

/// Content negotiation: the first line is what a client sends, the others are what there is.
func fuzzAccepts(_ input: Input) {
    let fields = input.fields
    let field = fields[0]
    let offered = Array(fields.dropFirst().prefix(8))
    let negotiators: [(String?, [String]) -> [String]] = [
        Negotiator.mediaTypes(_:offered:), Negotiator.encodings(_:offered:), Negotiator.charsets(_:offered:),
        Negotiator.languages(_:offered:),
    ]
    for negotiate in negotiators {
        let ranked = negotiate(field, offered)
        let rest = ranked.filter { offered.contains($0) }
        expect(rest.count == ranked.count && ranked.count <= offered.count, "what nobody offered")
    }
    let listers: [(String?) -> [String]] = [
        Negotiator.mediaTypes(_:), Negotiator.encodings(_:), Negotiator.charsets(_:), Negotiator.languages(_:),
    ]
    for list in listers {
        expect(list(field).count <= Negotiator.maximumEntries + 1, "the limit is passed")
    }
    let accepts = Accepts(accept: field, encoding: field, charset: field, language: field)
    let choices = [
        accepts.types(offered), accepts.encodings(offered), accepts.charsets(offered), accepts.languages(offered),
    ]
    for choice in choices { expect(choice.map(offered.contains) ?? true, "what nobody offered") }
    checkTypes(field, offered)
    checkVary(field, offered)
}

private func checkTypes(_ field: String, _ offered: [String]) {
    if let type = MediaType(field) {
        expect(MediaType(type.essence)?.essence == type.essence, "another essence")
        for parameter in type.parameters { expect(type.parameter(parameter.name) != nil, "a parameter is lost") }
        _ = type.suffix
    }
    let match = TypeIs.match(field, offered)
    expect(offered.isEmpty || match == nil || MediaType(field) != nil, "a match of no type")
    _ = TypeIs.hasBody(transferEncoding: nil, contentLength: field)
    for name in [field] + offered {
        _ = MIMETypes.lookup(name)
        _ = MIMETypes.charset(of: name)
        _ = MIMETypes.isCompressible(name)
        _ = MIMETypes.fileExtension(of: name)
        if let type = MIMETypes.contentType(name) {
            expect(MIMETypes.contentType(type) == type, "another type of a type: \(type)")
        }
    }
}

private func checkVary(_ field: String, _ offered: [String]) {
    guard let value = try? Vary.append(offered, to: field) else { return }
    expect((try? Vary.append(offered, to: value)) == value, "appended twice: \(value)")
    expect(Latin1.isFieldValue(value) || !Latin1.isFieldValue(field), "a control character was added")
}
