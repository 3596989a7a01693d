public import ArgumentParser
internal import Roost
internal import RoostProfiler

/// `profile`: serves under the profiler, as the book's `flask profile` does; `profile token` makes tokens.
public struct ProfileCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "profile",
            abstract: "Serves with every request profiled, or makes a token to profile in production.",
            subcommands: [ProfileServe<A>.self, ProfileTokenCommand<A>.self], defaultSubcommand: ProfileServe<A>.self)
    }

    public init() {}
}

/// `profile serve`, and `profile` alone.
struct ProfileServe<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve", abstract: "Runs the pool in the foreground and prints a table for each request.",
            discussion: """
                It listens where the pool does, so nginx leads to it. A thousand samples a second unless \
                profiler.hertz is set.
                """)
    }

    @OptionGroup var options: SettingsOptions

    @Option(help: "Functions in each table.")
    var length = 25

    @Option(help: ArgumentHelp("Folder for the profiles; without it none is written.", valueName: "folder"))
    var profileDir: String?

    @Option(help: "How many workers.")
    var workers = 1

    func validate() throws {
        guard (1...1000).contains(length) else { throw ValidationError("--length takes a number from 1 to 1000.") }
    }

    func run() throws {
        var serve = ServeCommand<A>()
        serve.options = options
        serve.options.assignments += try assignments()
        (serve.workers, serve.listen, serve.requestTimeout) = (workers, nil, nil)
        try serve.run()
    }

    /// What makes a server a profiled one. The quota is the folder's business here: the user named it.
    private func assignments() throws -> [String] {
        let rate = try options.load(for: A.self).optionalText("profiler.hertz")
        return (rate == nil ? ["profiler.hertz=1000"] : []) + [
            "profiler.mode=all", "profiler.print=true", "profiler.rows=\(length)",
            "profiler.folder=\(profileDir ?? "")", "profiler.max_files=100000", "profiler.max_bytes=1GB",
        ]
    }
}
