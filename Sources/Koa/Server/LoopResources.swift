import NIOCore

/// What the connections of one event loop share; confined to it, but for what is Sendable.
final class LoopResources: @unchecked Sendable {
    let executor: LoopExecutor
    let date = DateCache()
    let counters = LoopCounters()
    let registry: ConnectionRegistry
    let timeouts: Timeouts
    /// How many requests may run here at a time.
    let maxRequests: Int
    /// The time in nanoseconds in which this loop was at work, as of the last look at the timeouts.
    private(set) var now: Int64 = 0
    private(set) var connections: [HTTP1Connection] = []

    private let clock: any WallClock
    /// The clock's time at the last look at the timeouts.
    private var uptime: Int64 = 0
    /// How much later than `now` it may be.
    let slack: Int64
    private var isTicking = false
    private var spare: ByteBuffer?
    private var spareExchanges: [Exchange] = []

    /// A spare buffer larger than this is given back to the system.
    private static let keptCapacity = 64 * 1024
    /// How often timeouts are looked after, in nanoseconds.
    private static let tick: Int64 = 250_000_000

    var eventLoop: any EventLoop { executor.eventLoop }

    init(
        eventLoop: any EventLoop,
        registry: ConnectionRegistry,
        options: ServerOptions,
        loopCount: Int = 1,
        clock: any WallClock = SystemClock()
    ) {
        executor = LoopExecutor(eventLoop: eventLoop)
        self.registry = registry
        self.clock = clock
        timeouts = Timeouts(options)
        // Rounded up, and not by an addition: the limit may be `.max`.
        let (share, remainder) = options.maxConcurrentRequests.quotientAndRemainder(dividingBy: loopCount)
        maxRequests = max(1, share + min(1, max(0, remainder)))
        slack = clock is any SteppingClock ? 0 : Self.tick
    }

    // MARK: Connections

    /// Takes a new connection in, unless there are too many.
    func add(_ connection: HTTP1Connection) -> ConnectionRegistry.Admission {
        counters.acceptedConnections.add()
        let admission = registry.admit()
        if case .turnedAway = admission {
            counters.refusedConnections.add()
            return admission
        }
        if connections.isEmpty { uptime = clock.uptime.nanoseconds }
        counters.openConnections.add()
        connection.slot = connections.count
        connections.append(connection)
        startTicking()
        return admission
    }

    func remove(_ connection: HTTP1Connection) {
        guard let slot = connection.slot, connections.indices.contains(slot) else { return }
        connection.slot = nil
        let last = connections.removeLast()
        if last !== connection {
            connections[slot] = last
            last.slot = slot
        }
        counters.openConnections.add(-1)
        registry.leave()
    }

    // MARK: Time

    private func startTicking() {
        guard slack > 0, !isTicking else { return }
        isTicking = (try? eventLoop.scheduleCallback(in: .nanoseconds(Self.tick), handler: self)) != nil
    }

    /// Looks after every connection's timeouts.
    func checkTimeouts() {
        let time = clock.uptime.nanoseconds
        // While the loop was stuck, its clients could do nothing: that isn't held against them.
        let elapsed = min(max(0, time - uptime), slack > 0 ? 4 * Self.tick : .max)
        uptime = time
        now += elapsed
        let isPastDeadline = registry.isPastDeadline(time)
        executor.batch {
            for connection in connections {
                if isPastDeadline { connection.stopNow() } else { connection.checkTimeouts(elapsed: elapsed) }
            }
        }
        if registry.isGivenUp(time) { registry.stopWaiting() }
    }

    // MARK: What is used again

    func takeExchange() -> Exchange {
        spareExchanges.popLast() ?? Exchange()
    }

    func giveBack(_ exchange: Exchange) {
        exchange.end()
        if spareExchanges.count < 64 { spareExchanges.append(exchange) }
    }

    /// An empty buffer for output; connections hold one only while they write.
    func takeBuffer() -> ByteBuffer {
        guard let buffer = spare.take() else { return ByteBufferAllocator().buffer(capacity: 4096) }
        return buffer
    }

    func giveBack(_ buffer: consuming ByteBuffer) {
        guard buffer.capacity <= Self.keptCapacity else { return }
        // Keeps the storage, if the socket has let go of it.
        buffer.clear()
        spare = consume buffer
    }
}

extension LoopResources: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        isTicking = false
        checkTimeouts()
        // Nobody wakes an idle server up.
        if !connections.isEmpty { startTicking() }
    }
}
