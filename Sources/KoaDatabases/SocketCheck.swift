#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Looks at the sockets of connections.
package enum SocketCheck {
    /// Whether a socket is open and has nothing to read: databases send nothing unasked but that they close it.
    package static func isQuiet(_ descriptor: CInt) -> Bool {
        descriptor >= 0 && look(descriptor, POLLIN, milliseconds: 0) == 0
    }

    /// Waits until a socket can be read or, if asked for, written to; or is broken, as using it will tell.
    ///
    /// - Returns: false when the deadline came first.
    package static func wait(for descriptor: CInt, writing: Bool = false, until deadline: Deadline) -> Bool {
        while true {
            let left = deadline - .now
            guard left > .zero else { return false }
            // Rounded up, so that it doesn't spin for the last millisecond.
            let milliseconds = min(left / .milliseconds(1) + 1, 60_000)
            let found = look(descriptor, writing ? POLLIN | POLLOUT : POLLIN, milliseconds: CInt(milliseconds))
            if found > 0 { return true }
            if found < 0, errno != EINTR { return true }
        }
    }

    private static func look(_ descriptor: CInt, _ events: some BinaryInteger, milliseconds: CInt) -> CInt {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&entry, 1, milliseconds)
    }
}
