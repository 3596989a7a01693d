import ArgumentParser
import Roost
import Testing

@testable import RoostCommands

private struct Seed: ParsableCommand {}
private struct Check: ParsableCommand {}
private struct Post: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "post", aliases: ["mail"])
}

private enum Blog: Application {
    static let name = "blog"
    static let settings = [Setting("blog.posts_per_page", .count(1...100), "20", "on a page")]
    static let commands: [any ParsableCommand.Type] = [Seed.self]
    static func makeApp(_ settings: Settings) throws -> App { App(name, settings: settings) }
}

private enum Confused: Application {
    static let name = "confused"
    static let settings = [Setting("pool.workers", .text, nil, "its own")]
    static let commands: [any ParsableCommand.Type] = [Check.self, Seed.self, Seed.self, Post.self]
    static func makeApp(_ settings: Settings) throws -> App { App(name, settings: settings) }
}

@Suite("What an application declares")
struct ApplicationTests {
    @Test("no setting and no command of Roost's own is listed twice")
    func unique() throws {
        let keys = Blog.knownSettings.map(\.key)
        #expect(Set(keys).count == keys.count && keys.contains("blog.posts_per_page"))
        let variables = Blog.knownSettings.map(\.environmentName)
        #expect(Set(variables).count == variables.count)
        try RoostCommand<Blog>.refuseRepeatedCommands()
    }

    @Test("an application that declares a setting again is refused when its settings are loaded")
    func settings() throws {
        let failure = #expect(throws: SettingError.self) {
            try SettingsLoader(known: Confused.knownSettings).load(file: nil, environment: [:], flags: [])
        }
        #expect(failure?.description == "code: pool.workers: is listed twice by the application")
    }

    @Test("an application with a second command of a name is refused, and told which")
    func commands() throws {
        let failure = #expect(throws: CommandFailure.self) { try RoostCommand<Confused>.refuseRepeatedCommands() }
        #expect(failure?.message.hasPrefix("two commands are named check, seed, mail: ") == true)
    }
}
