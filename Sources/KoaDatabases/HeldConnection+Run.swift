extension HeldConnection {
    /// Makes a call on the present thread, on the connection or a new one.
    mutating func run<Value>(
        _ open: (Deadline) throws -> Connection, until deadline: Deadline, retrying: Bool,
        _ body: (Connection, Deadline) throws -> Value
    ) throws -> Value {
        if let connection, !connection.isAlive(after: .now - idleSince, until: deadline) { discard() }
        let wasIdle = connection != nil
        do {
            return try attempt(open, until: deadline, body)
        } catch  where retrying && wasIdle && connection == nil && .now < deadline {
            return try attempt(open, until: deadline, body)
        }
    }

    private mutating func attempt<Value>(
        _ open: (Deadline) throws -> Connection, until deadline: Deadline,
        _ body: (Connection, Deadline) throws -> Value
    ) throws -> Value {
        let connection = try connection ?? open(deadline)
        self.connection = connection
        // The caller was told that it failed: nothing may change any more.
        guard .now < deadline else { throw DeadlinePassed() }
        defer { if connection.isBroken { discard() } }
        return try body(connection, deadline)
    }
}

/// A call whose time was over before it could be made.
struct DeadlinePassed: Error {}
