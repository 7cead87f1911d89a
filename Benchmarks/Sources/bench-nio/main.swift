import BenchmarkSupport
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

// SwiftNIO's stock HTTP pipeline with nothing but a handler that greets: what a framework can't be expected to beat.
let arguments = ServerArguments(scenarios: ["hello"])
let logger = Logger(label: "bench-nio")
let group = MultiThreadedEventLoopGroup(numberOfThreads: arguments.loops)
let listener = try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 256)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(Greeter())
        }
    }
    .bind(host: "127.0.0.1", port: arguments.port).get()
logger.debug("listening")
ServerArguments.announce(port: listener.localAddress?.port ?? 0)
try await listener.closeFuture.get()
