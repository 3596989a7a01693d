public import ArgumentParser
internal import Roost
internal import RoostHTTP
internal import RoostPool

/// Where the pool's control socket is, for the commands that talk to a running pool.
struct ControlOptions: ParsableArguments {
    @OptionGroup var settings: SettingsOptions

    @Flag(help: "Print the pool's answer as JSON.")
    var json = false

    /// Sends one command.
    /// - Returns: the pool's answer, one JSON text.
    /// - Throws: `CommandFailure` with status 4 when no pool is there, 1 when it refuses.
    func send<A: Application>(_ command: ControlCommand, of application: A.Type) throws -> String {
        let path = try settings.load(for: A.self).text("pool.control")
        do {
            return try ControlClient.send(path: path, command: command)
        } catch let failure as ControlClient.Failure {
            if case .noPool = failure { throw CommandFailure(failure.description, status: 4) }
            throw CommandFailure(failure.description)
        }
    }

    /// Sends one command and prints what came of it.
    func run<A: Application>(_ command: ControlCommand, of application: A.Type) throws {
        let answer = try send(command, of: A.self)
        let fields = try JSONValue(parsing: Array(answer.utf8))
        guard fields["ok"]?.bool == true else {
            throw CommandFailure(fields["error"]?.string ?? "the pool refused: \(answer)")
        }
        print(json ? answer : "done")
    }
}

/// `stop`: the graceful end of a running pool.
public struct StopCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "stop", abstract: "Stops the pool; running requests finish.")
    }

    @OptionGroup var options: ControlOptions

    public init() {}

    public func run() throws { try options.run(.stop, of: A.self) }
}

/// `reload`: new workers, one at a time.
public struct ReloadCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reload", abstract: "Replaces the workers one by one.")
    }

    @OptionGroup var options: ControlOptions

    public init() {}

    public func run() throws { try options.run(.reload, of: A.self) }
}

/// `reopen-logs`: what logrotate calls.
public struct ReopenLogsCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reopen-logs", abstract: "Opens every log file anew, after a rotation.")
    }

    @OptionGroup var options: ControlOptions

    public init() {}

    public func run() throws { try options.run(.reopenLogs, of: A.self) }
}

/// `scale N`: another number of workers, until the next reload.
public struct ScaleCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "scale", abstract: "Changes the number of workers.")
    }

    @Argument(help: "How many workers.")
    var workers: Int

    @OptionGroup var options: ControlOptions

    public init() {}

    public func run() throws { try options.run(.scale(workers), of: A.self) }
}
