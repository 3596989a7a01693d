public import ArgumentParser
internal import Glibc
internal import RoostDatabase

/// `slow-queries`: which statements took the time, from the slow-query log.
public struct SlowQueriesCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "slow-queries", abstract: "Ranks the slow statements of the log, and shows one closely.",
            discussion: """
                Reads the log that the settings name with its rotated files, or the logs given: files, also packed by gzip, \
                or - for standard input. Exit status: 0 done, 1 a log cannot be read or names no such release or statement, \
                2 wrong usage.
                """,
            subcommands: [SlowQueryTableCommand<A>.self, SlowQueryShowCommand<A>.self],
            defaultSubcommand: SlowQueryTableCommand<A>.self)
    }

    public init() {}
}

/// `slow-queries [LOG …]`: the ranked table, as text, JSON or a page.
struct SlowQueryTableCommand<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "table", abstract: "Ranks the statements by the time they took (the default).")
    }

    @Option(help: ArgumentHelp("What comes first: total, count, mean, p95 or max.", valueName: "order"))
    var sort = SlowQueryReport.Order.total

    @Option(help: "How many statements.")
    var limit = 20

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the report as one HTML page.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("Only statements that no earlier release ran.", valueName: "release"))
    var newSince: String?

    @OptionGroup var log: SlowQueryLogOptions

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit takes a number from 1.") }
        guard !json || html == nil else { throw ValidationError("--json and --html exclude each other.") }
    }

    func run() throws {
        let report = try log.report(of: A.self, newSince: newSince, samples: html == nil ? 1 : 3)
        try explaining {
            if let html {
                try OutputFile.write(report.html(title: A.name, by: sort, limit: limit), to: html)
                print("wrote \(html)")
            } else if json {
                try OutputFile.write(report.json(by: sort, limit: limit), to: nil)
            } else {
                try OutputFile.write(lines: report.table(by: sort, limit: limit, width: Terminal.width))
            }
        }
    }
}

/// `slow-queries show FINGERPRINT [LOG …]`: everything about one statement.
struct SlowQueryShowCommand<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: "Shows one statement: formatted, with its histogram, slowest runs and plan.")
    }

    @Argument(help: "The fingerprint, or enough of its first digits.")
    var fingerprint: String

    @OptionGroup var log: SlowQueryLogOptions

    func run() throws {
        let report = try log.report(of: A.self, newSince: nil, samples: 5)
        try explaining { try OutputFile.write(lines: report.page(of: fingerprint, width: Terminal.width)) }
    }
}

extension SlowQueryReport.Order: ExpressibleByArgument {}

/// A report's own complaints as one line for the terminal.
private func explaining(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let failure as SlowQueryReport.Failure {
        throw CommandFailure("\(failure)")
    }
}

extension Terminal {
    /// Columns of the terminal; wide enough for a table where the output is none.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 60 else { return 160 }
        return Int(size.ws_col)
    }
}
