internal import ArgumentParser
internal import Flasky
internal import Glibc
internal import Roost
internal import RoostCommands
internal import RoostPostgres

/// `users`: accounts, for who has a shell on the server.
struct UsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "Adds users, gives them roles, lists them.",
        subcommands: [Add.self, Promote.self, List.self])

    /// `users add`: the way to the first administrator.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a user, confirmed already.",
            discussion: "The password is asked for on the terminal, or read as the first line of standard input.")

        @Argument(help: "E-mail address.")
        var email: String

        @Argument(help: "Username: a letter, then letters, digits, dots and underscores.")
        var username: String

        @Option(help: "User, Moderator or Administrator; without it, the role of those who register.")
        var role: String?

        @Flag(help: "Read the password from standard input.")
        var passwordStdin = false

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let accounts = try options.accounts()
            let password = try passwordStdin ? Password.firstLine() : Password.asked()
            let account = try explaining {
                try accounts.add(email: email, username: username, password: password, role: role)
            }
            print("added \(account.username) <\(account.email)>, \(account.role ?? "without a role")")
        }
    }

    /// `users promote`: another role for somebody.
    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a user another role.")

        @Argument(help: "E-mail address.")
        var email: String

        @Option(help: "User, Moderator or Administrator.")
        var role: String

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let accounts = try options.accounts()
            let account = try explaining { try accounts.promote(email: email, to: role) }
            print("\(account.username) <\(account.email)> is \(account.role ?? "without a role") now")
        }
    }

    /// `users list`: everybody.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the users: id, username, e-mail address, role, confirmed or not, last seen; tabs between.")

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let accounts = try options.accounts()
            for account in try explaining({ try accounts.list() }) {
                let words = [
                    "\(account.id)", account.username, account.email, account.role ?? "-",
                    account.isConfirmed ? "confirmed" : "unconfirmed", account.lastSeen.iso8601,
                ]
                print(words.joined(separator: "\t"))
            }
        }
    }
}

extension SettingsOptions {
    fileprivate func accounts() throws -> AccountAdministration {
        try AccountAdministration(load(for: FlaskyProgram.self), in: connect(for: FlaskyProgram.self))
    }
}

/// Runs work on accounts, with its refusals in words for the terminal.
private func explaining<Output>(_ work: () throws -> Output) throws -> Output {
    do {
        return try work()
    } catch let error as AccountError {
        throw CommandFailure(error.description)
    } catch let error as QueryError where error.isUniqueViolation {
        throw CommandFailure("somebody registered with this address or username at the same moment")
    }
}

/// Where passwords come from: never from the command line, which the list of processes shows.
private enum Password {
    static func firstLine() throws -> String {
        guard let line = readLine() else { throw CommandFailure("standard input has no password", status: 2) }
        return line
    }

    /// Asks twice, without showing what is typed.
    static func asked() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure("there is no terminal to ask for a password on: use --password-stdin", status: 2)
        }
        guard let first = hidden("Password: "), let second = hidden("Again: ") else {
            throw CommandFailure("no password was typed", status: 2)
        }
        guard first == second else { throw CommandFailure("the passwords differ", status: 2) }
        return first
    }

    private static func hidden(_ prompt: String) -> String? { getpass(prompt).map { String(cString: $0) } }
}
