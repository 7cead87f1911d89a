public import Logging
import NIOConcurrencyHelpers

extension Application {
    /// The environment's name, such as `development` or `production`.
    public var env: String { settings.withLockedValue { $0.env } }

    /// Which proxies are believed about the client's address, host and protocol.
    public var proxy: TrustedProxies {
        get { settings.withLockedValue { $0.proxy } }
        set { settings.withLockedValue { $0.proxy = newValue } }
    }

    /// How many labels of the host name, from the right, are not subdomains.
    public var subdomainOffset: Int {
        get { settings.withLockedValue { $0.subdomainOffset } }
        set { settings.withLockedValue { $0.subdomainOffset = newValue } }
    }

    /// The header in which a believed proxy tells the client's address.
    public var proxyIPHeader: String {
        get { settings.withLockedValue { $0.proxyIPHeader } }
        set { settings.withLockedValue { $0.proxyIPHeader = newValue } }
    }

    /// How many addresses of ``proxyIPHeader`` count, from the last; 0 means all.
    public var maxIPsCount: Int {
        get { settings.withLockedValue { $0.maxIPsCount } }
        set { settings.withLockedValue { $0.maxIPsCount = newValue } }
    }

    /// Whether the default error logger is quiet.
    public var silent: Bool {
        get { settings.withLockedValue { $0.silent } }
        set { settings.withLockedValue { $0.silent = newValue } }
    }

    /// The logger of the application and of its server.
    public var logger: Logger {
        get { settings.withLockedValue { $0.logger } }
        set { settings.withLockedValue { $0.logger = newValue } }
    }

    /// How JSON is written and read.
    public var json: JSONCoding {
        get { settings.withLockedValue { $0.json } }
        set { settings.withLockedValue { $0.json = newValue } }
    }

    /// Signs and verifies cookies; nil, the default, has no keys. `KoaKeygrip` adds `keys`, which sets it.
    public var signer: (any CookieSigner)? {
        get { signing?.signer }
        set {
            let signing = newValue.map(CookieSigning.init)
            settings.withLockedValue { $0.signing = signing }
        }
    }

    /// The ``signer``, and what it found right.
    var signing: CookieSigning? { settings.withLockedValue { $0.signing } }

    /// Values that every context starts with (Koa's `app.context`).
    public var context: SharedValues {
        get { settings.withLockedValue { $0.context } }
        set { settings.withLockedValue { $0.context = newValue } }
    }

    /// The number of middleware.
    public var middlewareCount: Int { settings.withLockedValue { $0.chain.links.count } }
}
