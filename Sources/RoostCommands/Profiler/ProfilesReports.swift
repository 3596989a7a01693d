internal import ArgumentParser
internal import Glibc
internal import Roost
internal import RoostProfiler

/// `profiles top`.
struct ProfilesTop<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "top", abstract: "Merges profiles into one table of functions.")
    }

    @OptionGroup var options: ProfilesOptions

    @Option(help: "How many functions.")
    var length = 25

    @Flag(help: "Order by the time with callees instead of the function's own.")
    var cumulative = false

    @Flag(help: "The continuous profile of the whole pool (profiler.continuous).")
    var continuous = false

    @Argument(help: "Names or patterns; default all.")
    var names: [String] = []

    func run() throws {
        let folder = try options.folder(for: A.self)
        let set = try ProfileSet.load(folder, try options.query(names), continuous: continuous)
        print(set.summary)
        print(set.top(rows: length, bySelf: !cumulative), terminator: "")
    }
}

/// `profiles flame`.
struct ProfilesFlame<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "flame", abstract: "Draws one flame graph of one or more profiles, to open in a browser.")
    }

    @OptionGroup var options: ProfilesOptions

    @Option(name: [.customShort("o"), .long], help: "File to write; .svg draws the picture alone.")
    var output: String?

    @Flag(help: "The continuous profile of the whole pool.")
    var continuous = false

    @Argument(help: "Names or patterns; default the latest, or all that the options choose.")
    var names: [String] = []

    func run() throws {
        let folder = try options.folder(for: A.self)
        let chooses = options.endpoint != nil || options.since != nil || options.request != nil
            || options.kept != nil || continuous
        let query = try options.query(names.isEmpty && !chooses ? ["latest"] : names)
        let set = try ProfileSet.load(folder, query, continuous: continuous)
        let title = try title(folder, query)
        let file = output ?? "\(continuous ? "continuous" : options.endpoint ?? "profile")-flame.html"
        let text = file.hasSuffix(".svg") ? set.flameSVG(title: title) : set.flameHTML(title: title)
        do {
            try ProfileOutput.write(text, to: file)
        } catch {
            throw CommandFailure("\(error)")
        }
        print("\(file)  \(set.summary)")
    }

    private func title(_ folder: ProfileFolder, _ query: ProfileQuery) throws -> String {
        if continuous { return "\(A.name), \(options.endpoint ?? "all endpoints"), continuous" }
        let found = try folder.find(query)
        return found.count == 1 ? found[0].text : "\(A.name), \(options.endpoint ?? "\(found.count) requests")"
    }
}

/// `profiles diff`.
struct ProfilesDiff<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "diff", abstract: "Shows what became faster or slower between two sets of profiles.",
            discussion: """
                Times are milliseconds of one request. Each set is a name, a part of one or a pattern; --before-dir \
                says where the first lies.
                """)
    }

    @OptionGroup var options: ProfilesOptions

    @Option(help: "How many functions.")
    var length = 25

    @Flag(name: .customLong("self"), help: "Order by the change of the function's own time.")
    var bySelf = false

    @Option(help: ArgumentHelp("Folder of the first set, when it lies elsewhere.", valueName: "folder"))
    var beforeDir: String?

    @Argument(help: "The first set: name or pattern.")
    var before: String

    @Argument(help: "The second set: name or pattern.")
    var after: String

    func run() throws {
        let folder = try options.folder(for: A.self)
        let first = try ProfileSet.load(beforeDir.map { ProfileFolder($0) } ?? folder, try options.query([before]))
        let second = try ProfileSet.load(folder, try options.query([after]))
        print("before: \(first.summary)")
        print("after:  \(second.summary)")
        print(first.difference(to: second, rows: length, bySelf: bySelf), terminator: "")
    }
}
