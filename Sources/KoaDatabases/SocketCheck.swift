#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the socket of an idle connection tells without asking the server.
package enum SocketCheck {
    /// Whether a socket is open and has nothing to read: databases send nothing unasked but that they close it.
    package static func isQuiet(_ descriptor: CInt) -> Bool {
        guard descriptor >= 0 else { return false }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return withUnsafeMutablePointer(to: &poll) { systemPoll($0) } == 0
    }

    private static func systemPoll(_ poll: UnsafeMutablePointer<pollfd>) -> CInt {
        #if canImport(Glibc)
            Glibc.poll(poll, 1, 0)
        #elseif canImport(Musl)
            Musl.poll(poll, 1, 0)
        #else
            Darwin.poll(poll, 1, 0)
        #endif
    }
}
