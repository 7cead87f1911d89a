import Logging

/// A logger whose lines a test can read.
final class LogCapture: Sendable {
    struct Line: Sendable {
        var level: Logger.Level
        var message: String
        var metadata: [String: String]
    }

    private let recording = Recording<Line>()

    var lines: [Line] { recording.values }
    var messages: [String] { lines.map(\.message) }
    var errors: [String] { lines.filter { $0.level == .error }.map(\.message) }
    var warnings: [String] { lines.filter { $0.level == .warning }.map(\.message) }

    var logger: Logger { Logger(label: "test") { _ in Handler(recording: self.recording) } }

    private struct Handler: LogHandler {
        let recording: Recording<Line>
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
            recording.add(Line(level: event.level, message: "\(event.message)", metadata: metadata))
        }
    }
}
