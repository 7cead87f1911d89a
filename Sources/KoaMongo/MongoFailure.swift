#if MongoDB
    import CKoaMongo

    /// What the driver or the server has refused.
    struct MongoFailure: Error, CustomStringConvertible {
        /// The server's code, or the driver's.
        let code: Int
        let message: String
        /// Whether the server has answered: the connection is in order.
        let isAnswer: Bool

        init(code: Int, message: String, isAnswer: Bool) {
            self.code = code
            self.message = message
            self.isAnswer = isAnswer
        }

        init(_ error: bson_error_t) {
            code = Int(error.code)
            message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            // A server that isn't the primary any more is found anew by a new connection.
            isAnswer = error.domain == MONGOC_ERROR_SERVER.rawValue && !Self.leavesServer.contains(Int(error.code))
        }

        /// What was answered holds a foreign document that is too deep, or a text that isn't UTF-8.
        static let unreadable = MongoFailure(code: -1, message: "The server's answer can't be read", isAnswer: true)

        var isUnreadable: Bool { isAnswer && code == Self.unreadable.code }

        var description: String { "\(message) (code \(code))" }

        /// A unique index already has the value.
        var isDuplicate: Bool { isAnswer && code == 11000 }
        /// There is no such collection yet.
        var isMissingCollection: Bool { isAnswer && code == 26 }
        /// An index of that name or on that field is there and is another.
        var isIndexConflict: Bool { isAnswer && [68, 85, 86].contains(code) }

        /// The codes of servers that aren't primaries or shut down.
        private static let leavesServer: Set<Int> = [91, 189, 10107, 11600, 11602, 13435, 13436]
    }
#endif
