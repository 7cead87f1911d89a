import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A client that sends bytes as they are, one connection a request.
enum RawClient {
    /// How long it waits for the next byte, in seconds.
    static let timeout = 60

    /// Sends a request to a port of this machine and reads the response to it.
    ///
    /// - Parameter method: the request's method, on which it depends whether the response has a body.
    /// - Throws: ``ClientError``, also when bytes follow the response.
    static func send(_ request: [UInt8], method: String, port: UInt16) async throws -> RawResponse {
        try await withCheckedThrowingContinuation { continuation in
            // Blocking calls would keep a thread from the tasks that are to answer them.
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(request, method: method, port: port) })
            }
        }
    }

    private static func exchange(_ request: [UInt8], method: String, port: UInt16) throws -> RawResponse {
        let socket = try Connection(port: port)
        try socket.write(request)
        var reader = ResponseReader(source: socket.read)
        let response = try RawResponse.read(to: method, from: &reader)
        // The server closes what it has no more requests of: whatever comes until then belongs to no response.
        socket.finish()
        let extra = try reader.rest()
        guard extra.isEmpty else { throw ClientError("\(extra.count) bytes follow the response") }
        return response
    }
}

/// A blocking TCP connection to this machine.
private final class Connection {
    private let handle: Int32

    init(port: UInt16) throws {
        #if canImport(Darwin)
            handle = socket(AF_INET, SOCK_STREAM, 0)
        #else
            handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard handle >= 0 else { throw ClientError("no socket: \(Self.reason)") }
        var timeout = timeval(tv_sec: RawClient.timeout, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ClientError("can't connect: \(Self.reason)") }
    }

    deinit {
        close(handle)
    }

    func write(_ bytes: [UInt8]) throws {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(handle, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { throw ClientError("can't send: \(Self.reason)") }
            sent += count
        }
    }

    /// The next bytes; none at the end.
    func read() throws -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 16 * 1024) { buffer, initialized in
            count = recv(handle, buffer.baseAddress, buffer.count, 0)
            initialized = max(0, count)
        }
        guard count >= 0 else {
            throw ClientError(
                errno == EAGAIN || errno == EWOULDBLOCK
                    ? "no answer within \(RawClient.timeout) seconds" : "can't receive: \(Self.reason)"
            )
        }
        return bytes
    }

    /// Tells the server that nothing more will be asked.
    func finish() {
        #if canImport(Darwin)
            shutdown(handle, SHUT_WR)
        #else
            shutdown(handle, Int32(SHUT_WR))
        #endif
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
