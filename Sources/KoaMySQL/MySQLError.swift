/// What a MySQL server or its client library refuses.
package struct MySQLError: Error, CustomStringConvertible {
    /// The number of the error, as in MySQL's reference.
    package let code: Int
    /// What it says.
    package let message: String

    package var description: String { "MySQL's error \(code): \(message)" }

    /// Whether the connection is of no more use.
    var breaksConnection: Bool {
        switch code {
        // Those of the client libraries, MySQL's and MariaDB's: lost, out of order, malformed.
        case 2000..<3000, 5000..<6000: true
        // Killed, shut down, idle for too long; a statement that was prepared on another server, behind a proxy.
        case 1053, 1927, 4031, 1243: true
        // Read-only: after a failover the name stands for another server.
        case 1290, 1792, 1836: true
        default: false
        }
    }

    /// Every failure of TLS; the client library's.
    static let tls = 2026
    /// The server's, and the user's.
    static let tooManyConnections: Set<Int> = [1040, 1203, 1226]
    static let duplicateKey = 1062
    static let noSuchTable = 1146
    static let deadlock = 1213
    static let incorrectString = 1366
    static let dataTooLong = 1406
}
