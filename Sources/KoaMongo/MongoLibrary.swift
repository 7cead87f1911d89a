#if MongoDB
    import CKoaMongo
    import Logging

    /// libmongoc as a whole: made ready once in a process, before anything else of it is used.
    enum MongoLibrary {
        /// Has the library ready. It is never cleaned up: other users of it may live on.
        static func start() { _ = isStarted }

        private static let isStarted: Bool = {
            mongoc_init()
            // It would write to the standard output.
            mongoc_log_set_handler({ level, _, message, _ in MongoLibrary.log(level, message) }, nil)
            return true
        }()

        private static let logger = Logger(label: "koa.mongo")

        private static func log(_ level: mongoc_log_level_t, _ message: UnsafePointer<CChar>?) {
            guard let message else { return }
            let text = String(cString: message)
            switch level {
            case MONGOC_LOG_LEVEL_ERROR, MONGOC_LOG_LEVEL_CRITICAL, MONGOC_LOG_LEVEL_WARNING: logger.warning("\(text)")
            default: logger.debug("\(text)")
            }
        }
    }
#endif
