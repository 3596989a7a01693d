internal import Logging
internal import Roost
internal import RoostDatabase
internal import RoostPool

/// The log files of a pool, opened once in the master and shared by its workers, reopened on USR1.
final class AppLogs {
    let app: LogFile
    let access: LogFile?
    let slowQuery: LogFile?
    let events: LogFile

    init(_ settings: Settings) throws {
        app = try LogFile(settings.text("log.app"))
        events = try LogFile(settings.text("log.events"))
        access = try Self.optional(settings.text("log.access"))
        slowQuery = try Self.optional(settings.text("log.slow_query"))
    }

    private static func optional(_ place: String) throws -> LogFile? {
        place == "off" ? nil : try LogFile(place)
    }

    func reopen() {
        for log in [app, events, access, slowQuery] { log?.reopen() }
    }
}
