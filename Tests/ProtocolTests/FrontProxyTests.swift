import Koa
import NIOCore
import Testing

@testable import KoaTesting

/// The suite's messages sent through a proxy that keeps its connections to the server: whatever either side makes of a
/// message, they agree on how many requests there were, and each answer goes to whom it belongs.
@Suite("Behind a front proxy")
struct FrontProxyTests {
    @Test("nginx", .enabled(if: FrontProxy.nginx(isBuffering: true).path != nil, "nginx isn't installed"))
    func nginx() async throws {
        try await check(.nginx(isBuffering: true))
    }

    @Test(
        "nginx that doesn't buffer bodies",
        .enabled(if: FrontProxy.nginx(isBuffering: false).path != nil, "nginx isn't installed"))
    func unbufferedNginx() async throws {
        try await check(.nginx(isBuffering: false))
    }

    @Test("haproxy", .enabled(if: FrontProxy.haproxy.path != nil, "haproxy isn't installed"))
    func haproxy() async throws {
        try await check(.haproxy)
    }

    private func check(_ proxy: FrontProxy) async throws {
        let backend = Backend()
        try await backend.application().test.live { client in
            let server = try #require(client.server)
            let front = try await FrontProcess.start(proxy, port: try #require(server.port))
            do {
                try await sendCases(through: front, to: backend)
            } catch {
                _ = front.stop()
                throw error
            }
            let forwarded = front.stop().split(separator: "\n").compactMap(Forwarded.init)
            compare(forwarded, backend.requests.value, refused: server.counters.malformedRequests)
        }
    }

    /// Sends every case between two marked requests, on a connection of its own, and after each a request of somebody
    /// else.
    private func sendCases(through front: FrontProcess, to backend: Backend) async throws {
        var other = try await front.connect()
        for (number, sent) in CaseFile.all.enumerated() {
            let name = sent.testDescription
            backend.present.value = name
            let connection = try await front.connect()
            #expect(try await answer("/before/\(number)", on: connection) == "GET /before/\(number)", "\(name)")
            // The proxy may close before it has read all.
            let message = sent.bytes + Array(request("/after/\(number)", "close").utf8)
            try? await connection.send(ByteBuffer(bytes: message))
            if sent.end == .waiting { try? await connection.closeOutput() }
            for answer in Answers(in: await everything(from: connection)) {
                #expect(answer.frontID == answer.backID, "\(name): the answer to another request")
            }
            await connection.close()

            if !other.inbox.isQuiet {
                await other.close()
                other = try await front.connect()
            }
            #expect(try await answer("/other/\(number)", on: other) == "GET /other/\(number)", "\(name): somebody else")
            // So that the proxy's closing it is noticed.
            other.channel.read()
        }
        await other.close()
    }

    /// The content that a GET gets.
    private func answer(_ target: String, on connection: TestConnection) async throws -> String {
        try await connection.send(request(target))
        let parsed = try await connection.receiveParsed(isHead: false, by: Deadline(connection.deadline))
        return String(buffer: parsed.body)
    }

    private func request(_ target: String, _ connection: String = "keep-alive") -> String {
        "GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: \(connection)\r\n\r\n"
    }

    /// What comes until the proxy closes.
    private func everything(from connection: TestConnection) async -> String {
        // A proxy that resets the connection may have said something before.
        do { return try await connection.receiveAll() } catch { return connection.inbox.unread }
    }

    /// Both sides count the same requests, and read the same in each.
    private func compare(_ forwarded: [Forwarded], _ received: [Backend.Request], refused: Int) {
        // Of each case, the request before it and that of somebody else at least.
        #expect(forwarded.count >= 2 * CaseFile.all.count)
        #expect(forwarded.count == received.count + refused)
        var left: [String: Forwarded] = [:]
        for request in forwarded { left[request.id] = request }
        #expect(left.count == forwarded.count)
        for request in received {
            let sent = request.id.flatMap { left.removeValue(forKey: $0) }
            #expect(
                sent?.method == request.method && sent?.target == request.target,
                "\(request), but \(String(describing: sent))")
        }
        // What the server refused to read has no name there.
        for sent in left.values { #expect(sent.status.first == "4" || sent.status.first == "5", "\(sent) got lost") }
    }
}
