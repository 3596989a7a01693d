internal import Glibc
internal import Logging
internal import Roost
internal import RoostPool

/// The log files of a pool, opened once in the master and shared by its workers; USR1 opens them again.
final class AppLogs {
    let app: LogFile
    let access: LogFile?
    let slowQuery: LogFile?
    private let events: LogFile
    private let formatter = PoolEventFormatter()

    /// - Throws: `SettingError` naming the setting whose file cannot be opened.
    init(_ settings: Settings) throws {
        app = try Self.open("log.app", settings) ?? LogFile()
        events = try Self.open("log.events", settings) ?? LogFile()
        access = try settings.text("log.access") == "off" ? nil : Self.open("log.access", settings) ?? LogFile()
        slowQuery = try settings.text("log.slow_query") == "off" ? nil : Self.open("log.slow_query", settings) ?? LogFile()
    }

    /// The file of a setting; `nil` for standard error.
    private static func open(_ key: String, _ settings: Settings) throws -> LogFile? {
        let place = try settings.text(key)
        if place == "stderr" { return nil }
        do {
            return try LogFile(path: place)
        } catch {
            throw SettingError(key, "cannot write \(error)", try settings.value(key)?.origin ?? .standard)
        }
    }

    /// Why the pool could not start, for the terminal: the events log may be a file nobody looks at then.
    private(set) var lastFailure: String?

    func write(_ event: PoolEvent) {
        switch event {
        case .cannotBoot(let reason): lastFailure = "cannot boot: \(reason)"
        case .bootFailed(_, _, let reason) where !reason.isEmpty: lastFailure = "a worker cannot boot: \(reason)"
        case .bootFailed(_, let cause, _): lastFailure = "a worker cannot boot: it ended with \(cause)"
        default: break
        }
        events.write(line: Array(formatter.json(event).utf8))
    }

    /// A file that cannot be opened again stays in use as it was; the app log says so.
    func reopen() {
        for log in [app, events, access, slowQuery] {
            do {
                try log?.reopen()
            } catch {
                app.write(line: Array("cannot reopen \(error)".utf8))
            }
        }
    }
}
