import Logging

/// Keeps what is logged, for one test.
final class LogRecord {
    struct Line {
        let level: Logger.Level
        let message: String
        let metadata: Logger.Metadata
    }

    private(set) var lines: [Line] = []
    var logger: Logger { Logger(label: "test") { _ in Handler(record: self) } }

    /// A test has one thread.
    private struct Handler: LogHandler, @unchecked Sendable {
        let record: LogRecord
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            record.lines.append(
                Line(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:]))
        }
    }
}
