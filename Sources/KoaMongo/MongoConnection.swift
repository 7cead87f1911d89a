#if MongoDB
    import CKoaMongo
    import KoaDatabases

    /// A client of libmongoc, used by one thread at a time, that sends commands.
    final class MongoConnection: BlockingConnection {
        private let client: OpaquePointer
        private let database: String
        private(set) var isBroken = false

        /// Connects with the first command.
        ///
        /// - Throws: ``MongoFailure`` for a connection string that is none.
        init(_ options: MongoOptions) throws {
            let uri = try MongoAddress(options)
            var error = bson_error_t()
            guard let client = mongoc_client_new_from_uri_with_error(uri.pointer, &error) else {
                throw MongoFailure(error)
            }
            mongoc_client_set_error_api(client, MONGOC_ERROR_API_VERSION_2)
            self.client = client
            database = options.database
        }

        /// The driver asks the server itself when the connection was idle for a while.
        func isAlive(after idle: Duration, until deadline: Deadline) -> Bool { true }

        func close() { mongoc_client_destroy(client) }

        /// Sends a command that reads, to the primary whatever the connection string prefers: a session that was just saved
        /// has to be there.
        ///
        /// - Throws: ``MongoFailure``.
        func read(_ command: BSONDocument) throws -> BSONDocument {
            try run(command, writes: false)
        }

        /// Sends a command that writes, with the connection string's write concern.
        ///
        /// - Throws: ``MongoFailure``, also for what the reply says was refused.
        func write(_ command: BSONDocument) throws -> BSONDocument {
            let reply = try run(command, writes: true)
            if let failure = (reply["writeErrors"]?.array?.first ?? reply["writeConcernError"])?.document {
                throw MongoFailure(
                    code: failure["code"]?.integer.flatMap { Int(exactly: $0) } ?? 0,
                    message: failure["errmsg"]?.string ?? "the write was refused", isAnswer: true)
            }
            return reply
        }

        private func run(_ command: BSONDocument, writes: Bool) throws -> BSONDocument {
            let bytes = command.bytes
            // A document of MongoDB has 16 MiB at most; the driver would break the connection over a far larger one.
            guard bytes.count <= 16 << 20 else {
                throw MongoFailure(code: 0, message: "A session of \(bytes.count) bytes is too large", isAnswer: true)
            }
            var error = bson_error_t()
            guard let reply = koa_mongo_run(client, database, bytes, bytes.count, writes, &error) else {
                let failure = MongoFailure(error)
                isBroken = !failure.isAnswer
                throw failure
            }
            defer { bson_destroy(reply) }
            let answer = UnsafeBufferPointer(start: bson_get_data(reply), count: koa_bson_length(reply))
            guard let document = BSONDocument(bytes: answer) else {
                throw MongoFailure.unreadable
            }
            return document
        }
    }

    /// A connection string of libmongoc with the options' timeouts.
    struct MongoAddress: ~Copyable {
        let pointer: OpaquePointer

        /// - Throws: ``MongoFailure`` for a connection string that is none.
        init(_ options: MongoOptions) throws {
            MongoLibrary.start()
            var error = bson_error_t()
            guard let pointer = mongoc_uri_new_with_error(options.url, &error) else { throw MongoFailure(error) }
            self.pointer = pointer
            if let user = options.user { mongoc_uri_set_username(pointer, user) }
            if let password = options.password { mongoc_uri_set_password(pointer, password) }
            limit("connecttimeoutms", options.connectTimeout)
            limit("serverselectiontimeoutms", options.connectTimeout)
            limit("sockettimeoutms", options.timeout)
        }

        deinit { mongoc_uri_destroy(pointer) }

        /// Takes a timeout, unless the connection string has a shorter one.
        private func limit(_ name: String, _ timeout: Duration) {
            let most = Int32(min(max(timeout / .milliseconds(1), 1), 1e9))
            let own = mongoc_uri_get_option_as_int32(pointer, name, 0)
            if own <= 0 || own > most { mongoc_uri_set_option_as_int32(pointer, name, most) }
        }
    }
#endif
