import FoundationEssentials
import Koa

@testable import koa_conformance

/// An exchange of a plain request, with the recorded response and further keys as JSON text.
func madeExchange(
    _ response: String = #"{"status":200,"reason":"OK","headers":[],"body":""}"#,
    request: String = #"{"method":"GET","target":"/","headers":[["host","example.com"]]}"#,
    more: String = ""
) throws -> Exchange {
    try Exchange(JSON(parsing: #"{"request":\#(request),"response":\#(response)\#(more)}"#))
}

/// A case with a middleware list and exchanges as JSON text.
func madeCase(
    _ middleware: String,
    _ exchanges: String,
    name: String = "area/0001",
    more: String = ""
) throws -> Case {
    let text = #"{"name":"\#(name)","middleware":\#(middleware),"exchanges":[\#(exchanges)]\#(more)}"#
    return try Case(JSON(parsing: text))
}

/// A GET of `/` and the recorded response to it.
func madeGet(_ response: String, more: String = "") -> String {
    #"{"request":{"method":"GET","target":"/","headers":[["host","example.com"]]},"response":\#(response)\#(more)}"#
}

/// A response as the wire gave it.
func madeResponse(
    _ status: Int = 200,
    _ reason: String = "OK",
    _ headers: [(String, String)] = [],
    _ body: String = ""
) -> RawResponse {
    RawResponse(
        status: status,
        reason: reason,
        headers: headers.map { Field(name: $0.0, value: $0.1) },
        body: Array(body.utf8)
    )
}

/// A folder that is removed when the work is done.
func withTemporaryFolder<Value>(_ work: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koa-conformance-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await work(folder.path)
}

/// Writes a text to a file of a folder and returns its path.
func write(_ text: String, to name: String, in folder: String) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
}
