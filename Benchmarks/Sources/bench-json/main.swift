import BenchmarkSupport
import Koa
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Koa's JSON coders against Foundation's, on one object and on a list: a line of figures for each, in nanoseconds.
try compare("object", Item(1))
try compare("list", (1...1_000).map { Item($0) })

func compare<Value: Codable & Equatable>(_ name: String, _ value: Value) throws {
    let coding = JSONCoding.default
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    let buffer = try coding.encode(value)
    let data = Data(buffer.readableBytesView)
    guard try coding.decode(Value.self, from: try encoder.encode(value).asBuffer) == value,
        try decoder.decode(Value.self, from: data) == value
    else {
        throw Disagreement()
    }
    try report("\(name)_encode", bytes: data.count) {
        try coding.encode(value).readableBytes
    } foundation: {
        try encoder.encode(value).count
    }
    try report("\(name)_decode", bytes: data.count) {
        _ = try coding.decode(Value.self, from: buffer)
        return 1
    } foundation: {
        _ = try decoder.decode(Value.self, from: data)
        return 1
    }
}

func report(
    _ name: String, bytes: Int, koa: @escaping () throws -> Int, foundation: @escaping () throws -> Int
) throws {
    let times = try Stopwatch.medians([koa, foundation]).map { Int($0) }
    print("FIGURES name=\(name) bytes=\(bytes) koa=\(times[0]) foundation=\(times[1])")
}

/// The two coders don't read each other's output as the same value.
struct Disagreement: Error {}

extension Data {
    var asBuffer: ByteBuffer { ByteBuffer(bytes: self) }
}
