#if SQLite
    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    extension SQLiteSessionStore {
        /// Removes the sessions whose time is over; without a call that is done as the options say.
        ///
        /// - Returns: how many they were.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int {
            try await failing {
                try await database.removeExpired(
                    at: now.milliseconds, count: queries.countExpired, remove: queries.removeExpired)
            }
        }

        /// Begins to remove what is over, if that is due. What it meets is met by the calls that follow as well.
        func clean(at now: Date) {
            cleaning.begin(at: now) { [weak self] in _ = try? await self?.removeExpired(at: now) }
        }
    }
#endif
