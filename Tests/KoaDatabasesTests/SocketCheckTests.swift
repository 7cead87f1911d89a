import KoaDatabases
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct SocketCheckTests {
    /// Both ends of a pipe; the reading one first.
    private func withPipe(_ body: (CInt, CInt) throws -> Void) rethrows {
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        try body(ends[0], ends[1])
    }

    @Test func openAndSilentIsQuiet() {
        withPipe { reading, _ in #expect(SocketCheck.isQuiet(reading)) }
    }

    @Test func somethingToReadIsntQuiet() {
        withPipe { reading, writing in
            #expect(write(writing, "x", 1) == 1)
            #expect(!SocketCheck.isQuiet(reading))
        }
    }

    @Test func closedByTheOtherEndIsntQuiet() {
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[1])
        #expect(!SocketCheck.isQuiet(ends[0]))
        close(ends[0])
    }

    @Test func noSocketIsntQuiet() {
        #expect(!SocketCheck.isQuiet(-1))
    }
}
