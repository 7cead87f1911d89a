import Foundation
import Koa
import NIOCore
import NIOPosix

@testable import KoaTesting

/// A proxy that runs before a server, in a folder of its own.
///
/// It ends, and its folder goes, when ``stop()`` is called or this process ends, however that happens: a shell looks
/// after both, until its input ends.
final class FrontProcess: Sendable {
    private let folder: String
    private let shell: Process
    private let input = Pipe()
    private let output = Pipe()

    /// Its arguments are the folder and the proxy's command.
    private static let script = """
        folder="$1"
        shift
        "$@" >"$folder/output" 2>>"$folder/errors" </dev/null &
        proxy=$!
        cat >/dev/null
        kill "$proxy" 2>/dev/null
        wait "$proxy"
        cat "$folder/output"
        rm -rf "$folder"
        """

    /// Starts a proxy, and returns when it takes connections.
    static func start(_ proxy: FrontProxy, port: Int) async throws -> FrontProcess {
        let process = try FrontProcess(proxy, port: port)
        do {
            try await process.waitUntilReady()
        } catch {
            let errors = (try? String(contentsOfFile: "\(process.folder)/errors", encoding: .utf8)) ?? ""
            _ = process.stop()
            throw FrontProblem("\(proxy.name) doesn't start: \(error)\n\(errors)")
        }
        return process
    }

    private init(_ proxy: FrontProxy, port: Int) throws {
        let name = "front-\(UUID().uuidString.prefix(8))"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        shell = Process()
        do {
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", Self.script, "front", folder] + (try proxy.command(in: folder, port: port))
            shell.standardInput = input
            shell.standardOutput = output
            try shell.run()
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// Opens a connection to the proxy.
    func connect() async throws -> TestConnection {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: LiveServer.group)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(inbox) }
            }
            .connect(unixDomainSocketPath: "\(folder)/front.sock").get()
        return TestConnection(channel, inbox, deadline: .seconds(20), coding: JSONCoding())
    }

    private func waitUntilReady() async throws {
        let end = ContinuousClock.now + .seconds(20)
        while true {
            do {
                await (try await connect()).close()
                return
            } catch  where shell.isRunning && ContinuousClock.now < end {
                await Task.yield()
            }
        }
    }

    /// Ends the proxy and removes its folder.
    ///
    /// - Returns: what it wrote.
    func stop() -> String {
        try? input.fileHandleForWriting.close()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}

/// Why a proxy can't be used.
struct FrontProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
