import Koa
import NIOCore

@testable import KoaBody

/// A form: names become a tree within the limits, however its brackets are written, which decodes to values.
func fuzzForm(_ input: Input) {
    var (choices, wire) = input.parts
    let choice = Int(choices.next())
    let limits = FormLimits(
        fields: choice & 1 == 0 ? 1000 : 8, depth: (choice >> 1) & 7, listIndex: choice & 0x10 == 0 ? 20 : 2,
        dots: choice & 0x20 == 0)
    let fields = wire.split(separator: UInt8(ascii: "&"))
    guard let tree = try? FormText.parse(ByteBuffer(bytes: wire), limits: limits) else {
        return expect(fields.count > limits.fields, "a form is refused")
    }
    check(tree, limits, fields: fields.count)
    let escaped = wire.flatMap { $0 == UInt8(ascii: "[") ? Array("%5B".utf8) : [$0] }
    let again = try? FormText.parse(ByteBuffer(bytes: escaped), limits: limits)
    expect(again?.json == tree.json, "an escaped bracket is another one")
    decode(tree)

    // The names of a multipart body, of which each second one is a file's.
    var mixed = FormTree(limits: limits)
    for (number, field) in fields.enumerated() {
        let name = String(decoding: field, as: UTF8.self)
        let keys = FormKey.chain(name, limits: limits)
        expect(keys.count <= limits.depth + 2, "more steps than the depth")
        expect(keys.allSatisfy { ($0.index(upTo: limits.listIndex) ?? 0) <= limits.listIndex }, "a higher index")
        guard (try? mixed.add(name, number.isMultiple(of: 2) ? .file(file) : .text("1"))) != nil else { return }
    }
    let files = mixed.finish()
    check(files, limits, fields: fields.count)
    decode(files)
}

private let file = UploadedFile(
    info: .init(name: "f", filename: "a", contentType: "text/plain", headers: [:]), size: 0,
    content: .memory(ByteBuffer()), app: Application())

private struct Size {
    var depth = 0
    var nodes = 0
    var slots = 0
}

private func measure(_ node: FormNode) -> Size {
    let children: [FormNode]
    var size = Size(depth: 1, nodes: 1)
    switch node.value {
    case .text, .file: return size
    case .list(let list):
        children = list.nodes.compactMap { $0 }
        size.slots = list.nodes.count
    case .object(let members): children = members.pairs.map(\.node)
    }
    for child in children {
        let inner = measure(child)
        size.depth = max(size.depth, inner.depth + 1)
        size.nodes += inner.nodes
        size.slots += inner.slots
    }
    return size
}

private func check(_ tree: FormNode, _ limits: FormLimits, fields: Int) {
    let size = measure(tree)
    // A root, a step before the brackets and one behind them, a list of repeated values, and one for a clash.
    expect(size.depth <= limits.depth + 6, "a tree of \(size.depth) levels")
    let steps = fields * (limits.depth + 4)
    expect(size.nodes <= steps * 2 + 1, "\(size.nodes) values of \(fields) fields")
    expect(size.slots <= steps * (limits.listIndex + 2), "\(size.slots) elements of \(fields) fields")
    expect(tree.json.object != nil, "no object")
}

private func decode(_ tree: FormNode) {
    let reader = FormReader(node: tree, coding: .default)
    _ = try? reader.decode([String: Anything].self)
    _ = try? reader.decode([String: [String: [Int]]].self)
    _ = try? reader.decode(Record.self)
    do {
        let json = try reader.decode(JSON.self)
        expect(json == tree.json, "decoded as another value")
    } catch {
        fatalError("what was read can't be decoded: \(error)")
    }
}

/// A value that tries a list and an object of itself before all else.
private indirect enum Anything: Decodable {
    case list([Anything])
    case object([String: Anything])
    case file(UploadedFile)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([Anything].self) {
            self = .list(list)
        } else if let object = try? container.decode([String: Anything].self) {
            self = .object(object)
        } else if let file = try? container.decode(UploadedFile.self) {
            self = .file(file)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}

/// Something of each kind that a decoder meets.
private struct Record: Decodable {
    var a: Int?
    var b: Bool?
    var c: Double?
    var d: [String]?
    var e: [String: String]?
    var f: UploadedFile?
    var g: [Record]?
}
