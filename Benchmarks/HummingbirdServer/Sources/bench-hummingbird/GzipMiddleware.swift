import CBenchmarkZlib
import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses what a handler answers, in one piece: what a Hummingbird server without its compression package would do.
struct GzipMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.headers[.acceptEncoding]?.contains("gzip") == true else { return response }
        let writer = Collector()
        try await response.body.write(writer)
        let body = try compressed(writer.buffer.value)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.vary] = "Accept-Encoding"
        response.headers[.contentLength] = nil
        response.body = .init(byteBuffer: body)
        return response
    }

    private func compressed(_ input: ByteBuffer) throws -> ByteBuffer {
        var stream = z_stream()
        // 31: gzip's frame around the largest window.
        guard deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw HTTPError(.internalServerError) }
        defer { deflateEnd(&stream) }
        var input = input
        var output = ByteBuffer()
        let bound = Int(deflateBound(&stream, UInt(input.readableBytes)))
        input.withUnsafeMutableReadableBytes { source in
            _ = output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
                stream.next_in = source.bindMemory(to: UInt8.self).baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(target.count)
                deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
        }
        return output
    }
}

/// Gathers a body.
private struct Collector: ResponseBodyWriter {
    final class Box: @unchecked Sendable {
        var value = ByteBuffer()
    }

    let buffer = Box()

    func write(_ buffer: ByteBuffer) async throws {
        self.buffer.value.writeImmutableBuffer(buffer)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
