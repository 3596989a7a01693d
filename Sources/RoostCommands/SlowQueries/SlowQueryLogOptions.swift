internal import ArgumentParser
internal import Glibc
internal import Roost
internal import RoostDatabase

/// Which logs are read, and which of their lines count.
struct SlowQueryLogOptions: ParsableArguments {
    @Argument(help: "Logs: files, also packed by gzip, or - for standard input. Default: the log of the settings.")
    var logs: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only from then on: a time such as 2026-11-21T14:00:00Z, or how long ago: 30m, 2h, 7d.", valueName: "time"))
    var since: TimeBound?

    @Option(help: ArgumentHelp("Only up to then.", valueName: "time"))
    var until: TimeBound?

    @Option(help: "Only statements of this endpoint.")
    var endpoint: String?

    @OptionGroup var settings: SettingsOptions

    /// Reads the logs.
    /// - Throws: `CommandFailure` naming the log that cannot be read.
    func report<A: Application>(of application: A.Type, newSince: String?, samples: Int) throws -> SlowQueryReport {
        var filter = SlowQueryReport.Filter()
        (filter.since, filter.until) = (since?.microseconds, until?.microseconds)
        (filter.endpoint, filter.newSince, filter.samples) = (endpoint, newSince, samples)
        let report = SlowQueryReport(filter)
        do {
            for path in try logs.isEmpty ? files(of: A.self) : logs { try report.read(path) }
        } catch let failure as SlowQueryReport.Failure {
            throw CommandFailure("\(failure)")
        }
        return report
    }

    /// The log that the settings name, with what logrotate has made of it: `slow.log`, `slow.log.1`, `slow.log-20261121.gz`.
    private func files<A: Application>(of application: A.Type) throws -> [String] {
        let path = try settings.load(for: A.self).text("log.slow_query")
        guard path != "off", path != "stderr" else {
            throw CommandFailure("log.slow_query is \(path): name a log file, or - for standard input", status: 2)
        }
        let files = RotatedFiles.of(path)
        guard !files.isEmpty else { throw CommandFailure("there is no log at \(path)") }
        return files
    }
}

/// A log file and its rotated predecessors.
enum RotatedFiles {
    /// Paths that exist, the oldest name first.
    static func of(_ path: String) -> [String] {
        let bytes = Array(path.utf8)
        let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(decoding: bytes[...$0], as: UTF8.self) } ?? "./"
        let name = String(decoding: bytes[(slash.map { $0 + 1 } ?? 0)...], as: UTF8.self)
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var found: [String] = []
        while let entry = readdir(handle) {
            let other = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if other == name || other.hasPrefix(name + ".") || other.hasPrefix(name + "-") { found.append(other) }
        }
        let prefix = slash == nil ? "" : folder
        return found.sorted().reversed().map { prefix + $0 }
    }
}
