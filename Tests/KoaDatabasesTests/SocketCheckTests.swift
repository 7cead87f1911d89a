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

    @Test func waitingEndsWhenThereIsSomethingToRead() {
        withPipe { reading, writing in
            #expect(write(writing, "x", 1) == 1)
            #expect(SocketCheck.wait(for: reading, until: .now + .seconds(60)))
        }
    }

    @Test func waitingEndsAtTheDeadline() {
        withPipe { reading, _ in
            let deadline = Deadline.now + .milliseconds(20)
            #expect(!SocketCheck.wait(for: reading, until: deadline))
            #expect(.now >= deadline)
            #expect(!SocketCheck.wait(for: reading, until: .now - .seconds(1)))
        }
    }

    @Test func waitingToWriteEndsWhenThereIsRoom() {
        withPipe { reading, writing in
            #expect(SocketCheck.wait(for: writing, writing: true, until: .now + .seconds(60)))
            #expect(!SocketCheck.wait(for: writing, until: .now + .milliseconds(1)))
        }
    }

    @Test func waitingForABrokenSocketEnds() {
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[1])
        #expect(SocketCheck.wait(for: ends[0], until: .now + .seconds(60)))
        close(ends[0])
    }
}
