public import ArgumentParser
internal import Glibc

/// The root command of an application's executable, with everything an operator needs under it.
public struct RoostCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: A.name,
            abstract: "Serves \(A.name) and looks after it.",
            subcommands: [
                ServeCommand<A>.self, CheckCommand<A>.self, RoutesCommand<A>.self, SettingsCommand<A>.self,
                ShellCommand<A>.self, DatabaseCommand<A>.self, MailCommand<A>.self, StatusCommand<A>.self,
                ScaleCommand<A>.self, StopCommand<A>.self,
                ReloadCommand<A>.self, ReopenLogsCommand<A>.self, SlowQueriesCommand<A>.self,
                ProfileCommand<A>.self, ProfilesCommand<A>.self,
            ] + A.commands)
    }

    public init() {}

    /// Runs the command line and ends the process: 0 done, 1 refused or failed, 2 wrong usage, and what a command says.
    ///
    /// Synchronous from beginning to end: the master process may never start a `Task`.
    public static func start() -> Never {
        do {
            try refuseRepeatedCommands()
            var command = try parseAsRoot()
            try command.run()
            Glibc.exit(0)
        } catch let code as ExitCode {
            // The command has said everything already.
            Glibc.exit(code.rawValue)
        } catch let failure as CommandFailure {
            Terminal.complain("\(A.name): \(failure.message)")
            Glibc.exit(failure.status)
        } catch {
            leave(error)
        }
    }

    /// The parser would take the first of two commands of one name, and nobody would know why the other never runs.
    /// - Throws: `CommandFailure` naming them.
    static func refuseRepeatedCommands() throws {
        var seen: Set<String> = []
        let names = configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases }
        let repeated = names.filter { !seen.insert($0).inserted }
        guard repeated.isEmpty else {
            throw CommandFailure(
                "two commands are named \(repeated.joined(separator: ", ")): give those in `commands` of the "
                    + "application names that Roost's own do not have")
        }
    }

    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .validationFailure {
            Terminal.complain(fullMessage(for: error))
            Glibc.exit(2)
        }
        if code == .success {
            print(fullMessage(for: error))
            Glibc.exit(0)
        }
        Terminal.complain("\(A.name): \(error)")
        Glibc.exit(1)
    }
}

/// A command that could not do its work: one line for the terminal, and the exit status.
public struct CommandFailure: Error, CustomStringConvertible {
    public let message: String
    public let status: Int32

    public init(_ message: String, status: Int32 = 1) {
        self.message = message
        self.status = status
    }

    public var description: String { message }
}

enum Terminal {
    /// One line to standard error.
    static func complain(_ line: String) {
        var bytes = Array(line.utf8)
        if bytes.last != 10 { bytes.append(10) }
        bytes.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
