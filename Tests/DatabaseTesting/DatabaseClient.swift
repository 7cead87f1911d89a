import Foundation
import NIOPosix

/// A database's own client, as `mariadb` or `psql`.
package struct DatabaseClient: Sendable {
    /// A client that failed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    let arguments: [String]

    /// - Parameter arguments: the program and what connects it.
    package init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// What it prints for some statements.
    package func run(_ sql: String) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            let (process, input, output) = (Process(), Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = arguments
            process.standardInput = input
            process.standardOutput = output
            process.standardError = output
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
            try input.fileHandleForWriting.close()
            let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Failure(description: text) }
            return text.trimmingCharacters(in: .newlines)
        }
    }
}
