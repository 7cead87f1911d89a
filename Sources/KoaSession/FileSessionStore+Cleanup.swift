#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FileSessionStore {
    /// Removes the sessions whose time is over, and what was left of writing by a process that was killed; without a call
    /// that is done as the options say. Files of other names are left alone.
    ///
    /// - Returns: how many sessions they were.
    /// - Throws: what the first file met that couldn't be read or removed, when all others have been looked at; that the store is
    ///   shut down or overloaded, at once.
    @discardableResult
    public func removeExpired(at now: Date) async throws -> Int {
        var outcome = FileSessionStoreCleaning.Outcome()
        // A folder at a time: the calls of requests come in between.
        for name in FileSessionStoreDirectory.folders {
            let folder = "\(directory.path)/\(name)"
            outcome = try await threads.run { [outcome] deadline in
                var outcome = outcome
                FileSessionStoreCleaning.clean(folder, at: now.timeIntervalSince1970, until: deadline, &outcome)
                return outcome
            }
        }
        if let failure = outcome.failure { throw failure }
        return outcome.removed
    }

    /// Begins to remove what is over, if that is due. What it meets is met by the calls that follow as well.
    func clean(at now: Date) {
        cleaning.begin(at: now) { [weak self] in _ = try? await self?.removeExpired(at: now) }
    }
}
