internal import ArgumentParser
internal import Roost
internal import RoostProfiler
internal import RoostSigning

/// `profile token`: a signed, expiring permission to have one's own requests profiled.
struct ProfileTokenCommand<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token", abstract: "Makes a token; requests that carry it are profiled until it expires.",
            discussion: "The pool must run with profiler.mode signed or slow, and with the same secret_key.")
    }

    @OptionGroup var options: SettingsOptions

    @Option(help: "How long it is valid.")
    var minutes = 10

    @Option(help: "Only requests of this user.")
    var user: String?

    @Option(help: "Only requests below this path.")
    var path: String?

    func validate() throws {
        guard (1...1440).contains(minutes) else { throw ValidationError("--minutes takes a number from 1 to 1440.") }
        if let path, !path.hasPrefix("/") { throw ValidationError("--path begins with a slash.") }
    }

    func run() throws {
        let settings = try options.load(for: A.self)
        guard let secret = try settings.optionalText("secret_key") else {
            throw CommandFailure("tokens are signed with secret_key, which is not set: set SECRET_KEY")
        }
        let expires = Clock.now() / 1_000_000 + Int64(minutes) * 60
        let token = try ProfileToken(expires: expires, user: user, path: path).signed(with: SecretKey(secret))
        print(token)
        Terminal.complain(
            """
            valid for \(minutes) minutes. With curl: -H '\(ProfileToken.header): TOKEN'
            In a browser's console: document.cookie = "\(ProfileToken.cookie)=TOKEN; path=/; max-age=\(minutes * 60)"
            """)
    }
}
