import Koa

/// Bodies that are made while they are sent. Try these with `curl --no-buffer`.
let streams = Chapter(
    title: "Streams",
    pages: [
        Page("/stream/writer", "A closure writes the body, piece by piece") { ctx in
            ctx.type = "text"
            ctx.body = .stream { writer in
                for line in 1...3 { try await writer.write("line \(line)\n") }
            }
        },
        Page("/stream/length", "The same with a Content-Length, for a progress bar") { ctx in
            ctx.type = "text"
            ctx.body = .stream(contentLength: 10) { writer in
                try await writer.write("01234")
                try await writer.write("56789")
            }
        },
        Page("/stream/sequence", "An AsyncSequence: a countdown") { ctx in
            ctx.type = "text"
            ctx.body = .stream(countdown(from: 3))
        },
        Page("/stream/early", "An error before the first piece is a proper 500") { ctx in
            ctx.body = .stream { _ in throw Interrupted() }
        },
        Page("/stream/late", "A later error breaks the connection, so that nobody takes half for the whole") { ctx in
            ctx.type = "text"
            ctx.body = .stream { writer in
                try await writer.write("half of it")
                throw Interrupted()
            }
        },
    ]
)

struct Interrupted: Error {}

private func countdown(from count: Int) -> AsyncThrowingStream<String, any Error> {
    AsyncThrowingStream { continuation in
        let task = Task {
            for number in stride(from: count, to: 0, by: -1) {
                continuation.yield("\(number)…\n")
                try await Task.sleep(for: .milliseconds(100))
            }
            continuation.yield("Lift-off!\n")
            continuation.finish()
        }
        // The reader may leave before the end.
        continuation.onTermination = { _ in task.cancel() }
    }
}
