import Logging

/// A logger whose warnings a test can read.
final class LogCapture: Sendable {
    private let recording = Recording<(level: Logger.Level, message: String)>()

    var warnings: [String] { recording.values.filter { $0.level == .warning }.map(\.message) }

    var logger: Logger { Logger(label: "test") { _ in Handler(recording: self.recording) } }

    private struct Handler: LogHandler {
        let recording: Recording<(level: Logger.Level, message: String)>
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recording.add((event.level, "\(event.message)"))
        }
    }
}
