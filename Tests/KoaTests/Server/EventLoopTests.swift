import Koa
import KoaTesting
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import Koa

@Suite("A request's task")
struct EventLoopTests {
    @Test("runs on its connection's event loop, before and after it waits")
    func staysOnLoop() async throws {
        let app = Application()
        app.use { ctx, next in
            try await next()
            ctx.append("X-Loop", loopName())
        }
        app.use { ctx in
            ctx.append("X-Loop", loopName())
            _ = try await ctx.request.stream.collect(upTo: 10)
            ctx.append("X-Loop", loopName())
            await Task.yield()
            ctx.append("X-Loop", loopName())
            _ = try await ctx.app.offload { 1 }
            ctx.append("X-Loop", loopName())
            async let child = loopName()
            ctx.append("X-Loop", await child)
        }
        try await app.test.live { client in
            let response = try await client.post("/", body: "hello")
            let loops = response.headers.all("X-Loop")
            #expect(loops.count == 6)
            #expect(Set(loops).count == 1 && loops.first != "none")
        }
    }

    @Test("goes on when a thread has gathered what it tells several, once they all are told")
    func gathered() async throws {
        let count = 20
        let waiting = NIOLockedValueBox<[UnsafeContinuation<Void, Never>]>([])
        let told = NIOLockedValueBox(0)
        let app = Application()
        app.use { ctx in
            await withUnsafeContinuation { continuation in
                let all = waiting.withLockedValue { waiting in
                    waiting.append(continuation)
                    return waiting.count == count ? waiting : nil
                }
                guard let all else { return }
                NIOThreadPool.singleton.submit { _ in
                    WakeGathering.gather {
                        // One within another is part of it.
                        WakeGathering.gather { all[0].resume() }
                        for continuation in all.dropFirst() {
                            told.withLockedValue { $0 += 1 }
                            continuation.resume()
                        }
                        told.withLockedValue { $0 += 1 }
                    }
                }
            }
            ctx.body = .text("\(loopName()) \(told.withLockedValue { $0 })")
        }
        try await app.test.live { client in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<count { group.addTask { try await client.get("/").text } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == count)
            #expect(answers.allSatisfy { $0.hasSuffix(" \(count)") && !$0.hasPrefix("none") })
        }
    }

    @Test("may be moved elsewhere and still answers")
    func elsewhere() async throws {
        let app = Application()
        app.use { ctx, next in
            try await withTaskExecutorPreference(globalConcurrentExecutor) { try await next() }
        }
        app.use { ctx in
            let text = try await ctx.request.stream.collect(upTo: 100)
            ctx.body = .stream { writer in
                try await writer.write(text)
                try await writer.write(" back")
            }
        }
        try await app.test.live { client in
            for _ in 1...20 {
                let response = try await client.post("/", body: "there and")
                #expect(response.text == "there and back")
            }
        }
    }

    @Test("blocking work goes to a thread pool")
    func offload() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(try await ctx.app.offload { loopName() }) }
        try await app.test.live { client in
            let response = try await client.get("/")
            #expect(response.text == "none")
        }
    }
}

private func loopName() -> String {
    MultiThreadedEventLoopGroup.currentEventLoop.map { "\(ObjectIdentifier($0).hashValue)" } ?? "none"
}
