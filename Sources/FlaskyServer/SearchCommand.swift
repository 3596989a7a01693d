internal import ArgumentParser
internal import Flasky
internal import RoostCommands

/// `search`: the indexes that searching needs.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Looks after the indexes of the search.",
        subcommands: [Reindex.self, Status.self])

    struct Reindex: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the indexes for a language, drops those of others, reads the words for suggestions anew.",
            discussion: """
                Indexes are made without stopping anybody. The language is that of the setting flasky.search_language, which \
                the workers must have too: with the indexes of another language searching works, but reads every text. To \
                change it: reindex with the new language, then reload the workers with the new setting.
                """)

        @Option(help: ArgumentHelp("A text search configuration of PostgreSQL, such as german.", valueName: "name"))
        var language: String?

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let flags = language.map { [SettingsLoader.Flag("flasky.search_language", $0, name: "--language")] } ?? []
            let settings = try options.load(for: FlaskyProgram.self, flags: flags)
            try Flasky.reindexSearch(in: try options.connect(for: FlaskyProgram.self), settings: settings) { print($0) }
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells what keeps the search from being fast or forgiving.",
            discussion: "Exit status: 0 when nothing does, 1 otherwise.")

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let settings = try options.load(for: FlaskyProgram.self)
            let complaints = try Flasky.searchComplaints(
                in: try options.connect(for: FlaskyProgram.self), settings: settings)
            for complaint in complaints { print(complaint) }
            guard complaints.isEmpty else { throw ExitCode(1) }
            print("ok")
        }
    }
}
