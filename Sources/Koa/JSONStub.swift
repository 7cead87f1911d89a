package import NIOCore

public struct JSONCoding: Sendable {
    static let `default` = JSONCoding()
    func encode(_ v: any Encodable, into b: inout ByteBuffer) throws { b.writeString("{}") }
    func encodeObject(_ p: [(String, any Encodable)], into b: inout ByteBuffer) throws {}
}
public enum JSON: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral
{
    case null, i(Int), s(String), b(Bool)
    public init(integerLiteral: Int) { self = .i(integerLiteral) }
    public init(stringLiteral s: String) { self = .s(s) }
    public init(booleanLiteral s: Bool) { self = .b(s) }
}
