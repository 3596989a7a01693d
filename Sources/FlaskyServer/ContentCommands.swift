internal import ArgumentParser
internal import Flasky
internal import RoostCommands
internal import RoostDatabase
internal import RoostPostgres

/// `roles`: the three roles, made or brought up to date.
struct RolesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "Makes the roles User, Moderator and Administrator, or updates them.")

    @OptionGroup var options: SettingsOptions

    func run() throws {
        try Flasky.insertRoles(in: try options.connect(for: FlaskyProgram.self))
        print("roles are up to date")
    }
}

/// `fake`: demo content.
struct FakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fake", abstract: "Adds invented users, posts, comments and follows.",
        discussion: "Everybody's password is \"password\". The same seed invents the same content.")

    @Option(help: "How many users.")
    var users = 100

    @Option(help: "How many posts.")
    var posts = 1000

    @Option(help: "How many comments.")
    var comments = 3000

    @Option(help: "How many follows.")
    var follows = 1000

    @Option(help: "Where the invention starts.")
    var seed: UInt64 = 1

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard [users, posts, comments, follows].allSatisfy({ (0...1_000_000).contains($0) }) else {
            throw ValidationError("Numbers of users, posts, comments and follows are from 0 to 1000000.")
        }
    }

    func run() throws {
        try Flasky.addFakeContent(
            users: users, posts: posts, comments: comments, follows: follows, seed: seed,
            in: try options.connect(for: FlaskyProgram.self))
        print("added \(users) users, \(posts) posts, \(comments) comments, \(follows) follows")
    }
}
