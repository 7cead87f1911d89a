import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Synchronization

extension Server {
    /// Stops: it is ready no more, then takes no new connections, and no new requests on those that are open; what runs is
    /// finished.
    ///
    /// - Parameter timeout: how long it waits for that; then the tasks of the remaining requests are cancelled and their
    ///   connections closed; those that ignore it are left alone 5 seconds later. ``ServerOptions/shutdownTimeout`` by default.
    ///
    /// A second call waits for the first one; a timeout that it gives counts from that call on.
    public func stop(within timeout: Duration? = nil) async {
        isStopping.store(true, ordering: .relaxed)
        let stopping = stopping.withLockedValue { task in
            if let task { return (task, isFirst: false) }
            let new = Task { await perform(timeout) }
            task = new
            return (new, isFirst: true)
        }
        if !stopping.isFirst, let timeout { setDeadline(timeout) }
        await withTaskCancellationHandler {
            await stopping.0.value
        } onCancel: {
            // Whoever can't wait wants what runs to be finished at least.
            hurryUp()
        }
    }

    private func perform(_ timeout: Duration?) async {
        if options.stopDelay > .zero { await wait(options.stopDelay) }
        // Responses that finish from here on say that their connection closes.
        registry.stop()
        stopConnections()
        await listener.close()
        // Behind what was accepted last.
        for loop in loops { try? await loop.eventLoop.submit {}.get() }
        await waitForConnections(timeout)
        // A task that ignores its cancellation keeps its event loop.
        if registry.count == 0 { try? await ownGroup?.shutdownGracefully() }
        ended()
    }

    /// Closes the listener and every connection at once; the tasks of running requests are cancelled.
    public func stopNow() {
        registry.stop()
        registry.setDeadline(.min, giveUp: .max)
        hurryUp()
        listener.closeNow()
        checkTimeouts()
        Task { await stop(within: .zero) }
    }

    /// Ends the wait before a stop, or has it not begun.
    private func hurryUp() {
        isHurried.store(true, ordering: .relaxed)
        hurry.withLockedValue { $0?.finish() }
    }

    private func stopConnections() {
        for loop in loops {
            loop.eventLoop.execute { for connection in loop.connections { connection.stop() } }
        }
    }

    private func checkTimeouts() {
        for loop in loops { loop.eventLoop.execute { loop.checkTimeouts() } }
    }

    /// Waits for connections and their tasks; cancels them at the deadline, and gives up on them a while later.
    private func waitForConnections(_ timeout: Duration?) async {
        setDeadline(timeout ?? options.shutdownTimeout)
        await registry.waitUntilEmpty()
    }

    private func setDeadline(_ timeout: Duration) {
        let now = app.clock.uptime.nanoseconds
        let cancel = now.addingReportingOverflow(timeout.nanoseconds)
        let giveUp = cancel.partialValue.addingReportingOverflow(5_000_000_000)
        registry.setDeadline(
            cancel.overflow ? .max : cancel.partialValue,
            giveUp: cancel.overflow || giveUp.overflow ? .max : giveUp.partialValue
        )
        if timeout <= .zero { checkTimeouts() }
    }

    /// Waits by the application's clock, until ``stopNow()`` or the task's cancellation.
    private func wait(_ duration: Duration) async {
        let clock = app.clock
        let end = clock.uptime + duration
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self)
        hurry.withLockedValue { $0 = wake }
        if isHurried.load(ordering: .relaxed) { wake.finish() }
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(duration)) { wake.yield() }
        let owner = ObjectIdentifier(timer.futureResult)
        (clock as? any SteppingClock)?.onStep(owner) { wake.yield() }
        var iterator = wakes.makeAsyncIterator()
        while clock.uptime < end, await iterator.next() != nil {}
        (clock as? any SteppingClock)?.remove(owner)
        timer.cancel()
    }
}
