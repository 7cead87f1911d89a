import NIOCore

extension HTTP1Connection {
    /// So much of a file waits for the client at a time, in bytes: the system's copy of it, not ours.
    private static var sliceSize: Int { 1024 * 1024 }

    /// Over plain TCP the system sends the file (`sendfile`): no byte of it passes through this process.
    nonisolated(nonsending) func write(_ file: OpenFile, _ range: Range<Int>) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let end = min(offset + Self.sliceSize, range.upperBound)
            if eventLoop.inEventLoop, !isSecure, exchange?.isChunked == false {
                try await write(file.region(offset..<end), of: file)
                offset = end
            } else {
                let chunk = try await file.read(offset..<min(offset + OpenFile.chunkSize, end))
                offset += chunk.readableBytes
                try await write(chunk)
            }
        }
    }

    private nonisolated(nonsending) func write(_ region: FileRegion, of file: OpenFile) async throws {
        try Task.checkCancellation()
        try writeNow(region, of: file)
        try await waitUntilWritable()
    }

    private func writeNow(_ region: FileRegion, of file: OpenFile) throws {
        guard let context, let exchange, exchange.framing != nil, !exchange.isResponseDone else {
            throw Self.disconnected
        }
        writeOutput()
        count(region.readableBytes)
        let sent = eventLoop.makePromise(of: Void.self)
        // The descriptor has to stay open until the last byte of it left.
        sent.futureResult.whenComplete { _ in withExtendedLifetime(file) {} }
        context.writeAndFlush(NIOAny(region), promise: sent)
    }
}
