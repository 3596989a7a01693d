public import ArgumentParser
internal import Glibc
internal import Logging
internal import Roost

/// `shell`: SQL and expressions with the application at hand.
public struct ShellCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "shell", abstract: "SQL and template expressions, with the application at hand.",
            discussion: """
                Reads lines from the terminal, or from a pipe: SQL up to a semicolon, \"= expression\" or \"{{ template }}\", and \
                commands such as .help. Ctrl-C gives up what is being typed or stops the statement that runs. It is a \
                process of its own: a running pool does not notice it. An open transaction is rolled back at the end. Exit status: 1 when something in a pipe or in --command failed, 0 otherwise. \
                For a history of lines start it with rlwrap.
                """)
    }

    @Option(name: .shortAndLong, help: ArgumentHelp("Run this and end; may be repeated.", valueName: "text"))
    var command: [String] = []

    @OptionGroup var options: SettingsOptions

    public init() {}

    public func run() throws {
        let app = try A.makeApp(try options.load(for: A.self))
        try app.freeze()
        let shell = Shell(app: app, show: { print($0) }, complain: ShellTerminal.complain)
        let isAtTerminal = command.isEmpty && isatty(STDIN_FILENO) == 1
        if command.isEmpty { read(shell, isAtTerminal) } else { for text in command where !take(text, shell) { break } }
        shell.finish()
        if shell.hasFailed, !isAtTerminal { throw ExitCode(1) }
    }

    private func read(_ shell: Shell, _ isAtTerminal: Bool) {
        if isAtTerminal {
            print("\(A.name) shell: .help tells what there is, .quit ends it")
            ShellInterrupt.listen(for: try? shell.connection())
        }
        while true {
            if isAtTerminal { print(shell.prompt, terminator: "") }
            fflush(nil)
            if let line = isAtTerminal ? ShellInterrupt.readLine() : readLine() {
                if shell.take(line) == .quit { return }
                continue
            }
            if isAtTerminal { print("") }
            guard isAtTerminal, ShellInterrupt.take() else { return }
            shell.forgetStatement()
        }
    }

    /// Runs a whole command; a statement in it needs no semicolon.
    /// - Returns: whether to go on.
    private func take(_ text: String, _ shell: Shell) -> Bool {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if shell.take(String(line)) == .quit { return false }
        }
        shell.endStatement()
        return true
    }
}

private enum ShellTerminal {
    /// Results come before the complaint about what followed them, also in a file.
    static func complain(_ line: String) {
        fflush(nil)
        Terminal.complain(line)
    }
}
