internal import Logging
internal import Roost
internal import RoostHTTP

/// The application log: one JSON object per line, one write per line.
struct JSONLogHandler: LogHandler {
    let label: String
    /// Not sendable, and never sent: a process of the pool has one thread.
    nonisolated(unsafe) let file: LogFile
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.field("time", LogTime.now())
        json.field("level", event.level.rawValue)
        json.field("logger", label)
        json.field("message", "\(event.message)")
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            json.key(dynamic: key)
            json.value("\(value)")
        }
        json.endObject()
        file.write(line: json.bytes)
    }
}

/// The time of a log line.
enum LogTime {
    /// Now, in ISO 8601 with microseconds.
    static func now() -> String {
        var bytes: [UInt8] = []
        HTTPDate.appendISO8601(microseconds: Clock.now(), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
