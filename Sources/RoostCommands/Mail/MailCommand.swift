public import ArgumentParser
internal import Roost
internal import RoostMail

/// `mail`: the messages that no server has taken yet.
public struct MailCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "mail", abstract: "Lists the messages that wait for delivery, and sends them once more.",
            discussion: "Run it under the workers' account: what is sent in vain is kept for whoever runs it.",
            subcommands: [MailListCommand<A>.self, MailRetryCommand<A>.self],
            defaultSubcommand: MailListCommand<A>.self)
    }

    public init() {}
}

/// `mail list`.
struct MailListCommand<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "Lists waiting, refused and given up messages with the reason, the oldest first.")
    }

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let mailer = try options.mailer(for: A.self)
        let spooled = try mailer.spool.listing()
        guard !spooled.isEmpty else { return print("no messages in \(mailer.spool.folder)") }
        for line in spooled { print(line) }
    }
}

/// `mail retry`.
struct MailRetryCommand<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retry", abstract: "Sends waiting messages once more.",
            discussion: """
                The workers do so by themselves, after pauses that grow (mail.retry_after): this is for whoever will \
                not wait, and for messages that they have given up. It waits while another process sends. Exit \
                status: 0 all that were tried are sent, 1 some are not, with the reasons on standard error.
                """)
    }

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Try those too that a server has refused for good.")
    var refused = false

    func run() throws {
        let mailer = try options.mailer(for: A.self)
        guard mailer.transport != nil else {
            throw CommandFailure(
                "nothing can be sent: mail is kept in the outbox (mail.suppress, or the environment testing)")
        }
        let outcome = try mailer.retry(refused: refused)
        print("sent \(outcome.sent), left \(outcome.left)")
        var problems = outcome.problems
        if outcome.untried > 0 { problems.append("\(outcome.untried) more not tried: the server is down") }
        guard problems.isEmpty else { throw CommandFailure(problems.joined(separator: "\n")) }
    }
}

extension SettingsOptions {
    /// The mail of the application, as its `makeApp` sets it up.
    /// - Throws: `CommandFailure` when it has none.
    func mailer<A: Application>(for application: A.Type) throws -> Mailer {
        guard let mailer = try A.makeApp(load(for: A.self)).mail else {
            throw CommandFailure("\(A.name) has no mail: call app.useMail(settings) in makeApp()")
        }
        return mailer
    }
}
