/// Where MongoDB is, where it keeps the sessions, and how long to wait for it; of ``MongoSessionStore``.
///
/// ```swift
/// var options = MongoOptions("mongodb://db1.example,db2.example/?replicaSet=rs0&tls=true")
/// options.user = "shop"
/// options.password = "s3cret"
/// ```
public struct MongoOptions: Sendable {
    /// The connection string, `mongodb://` or `mongodb+srv://`, with the driver's options: `replicaSet`, `tls`,
    /// `tlsCAFile`, `authSource`, `w`. Timeouts in it count when they are shorter than those here. Default
    /// `mongodb://127.0.0.1:27017`.
    public var url: String
    /// The user, in place of the connection string's. Default nil.
    public var user: String?
    /// The user's password, in place of the connection string's. Default nil.
    public var password: String?

    /// The database. Default `sessions`, as in koa-session-mongo2, whatever the connection string says.
    public var database = "sessions"
    /// The collection. Default `__session`, as in koa-session-mongo2.
    public var collection = "__session"
    /// After how many seconds the index that removes documents does so, when it is made here: the `maxAge` of
    /// koa-session-mongo2. An index that is there already keeps its own. Default 864,000 (ten days).
    ///
    /// It limits no session: one that lasts longer or shorter has its `lastAccess` set later or earlier.
    public var maxAge: Duration = .seconds(864_000)

    /// How many connections there are at most, each with a thread. Default 8, at least 1.
    public var poolSize = 8
    /// How many calls may wait for one of them; one more is refused at once. Default 1,024.
    public var maxWaiting = 1024
    /// How long it may take to find and reach a server. Default 2 s.
    public var connectTimeout: Duration = .seconds(2)
    /// How long a call may take, waiting for a connection included. Default 5 s.
    public var timeout: Duration = .seconds(5)

    /// Makes the options; those not named here default as their properties say.
    public init(
        _ url: String = "mongodb://127.0.0.1:27017", user: String? = nil, password: String? = nil,
        database: String = "sessions", collection: String = "__session"
    ) {
        self.url = url
        self.user = user
        self.password = password
        self.database = database
        self.collection = collection
    }
}

extension MongoOptions: CustomStringConvertible, CustomReflectable {
    /// The hosts of the connection string, for messages: no user, no password.
    var hosts: String {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        // A password may have the signs that end it, where they should have been escaped: all before the last @ is left out.
        let open = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return String(open.prefix { $0 != "/" && $0 != "?" })
    }

    /// Where the sessions are; never the user and the password.
    public var description: String { "MongoOptions(\(hosts), \(database).\(collection))" }

    /// Without the user and the password.
    public var customMirror: Mirror {
        Mirror(self, children: ["hosts": hosts, "database": database, "collection": collection])
    }
}
