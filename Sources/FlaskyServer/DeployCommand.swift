internal import ArgumentParser
internal import Flasky
internal import RoostCommands

/// `deploy`: what every release does to the database.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Brings the database up to date for this release.",
        discussion: """
            Applies pending migrations, makes or updates the roles, lets everybody follow himself (the time line has one's \
            own posts by that), makes the search indexes of flasky.search_language and reads the words for suggestions. Run \
            it at each release, before the new workers start; again it does nothing, and of two at once one waits.
            """)

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let settings = try options.load(for: FlaskyProgram.self)
        try Flasky.deploy(
            in: try options.connect(for: FlaskyProgram.self), settings: settings,
            migrate: { try options.upgrade(for: FlaskyProgram.self) }, report: { print($0) })
    }
}
