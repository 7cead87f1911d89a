package import KoaSession

/// The error of sessions that a call throws, if it throws one.
package func sessionError<Value>(_ body: () async throws -> Value) async -> SessionError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? SessionError
    }
}
