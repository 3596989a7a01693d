public import ArgumentParser
internal import Glibc
internal import Roost
internal import RoostProfiler

/// `profiles`: reads what the profiler has written.
public struct ProfilesCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "profiles", abstract: "Lists, shows, merges, draws and compares profiles of requests.",
            discussion: """
                A profile is named by its whole name, a part of it, a pattern ("*main.index*") as slow-query records \
                hold it, or "latest".
                """,
            subcommands: [
                ProfilesList<A>.self, ProfilesShow<A>.self, ProfilesTop<A>.self, ProfilesFlame<A>.self,
                ProfilesDiff<A>.self,
            ], defaultSubcommand: ProfilesList<A>.self)
    }

    public init() {}
}

/// `profiles list`.
struct ProfilesList<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "Lists profiles, the newest last.")
    }

    @OptionGroup var options: ProfilesOptions

    @Option(help: "Order: date, time (the slowest first) or endpoint.")
    var sort = "date"

    @Option(help: "How many at most.")
    var limit = 50

    @Flag(help: "As JSON.")
    var json = false

    func validate() throws {
        guard ProfileQuery.Order(rawValue: sort) != nil else {
            throw ValidationError("--sort takes date, time or endpoint.")
        }
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0.") }
    }

    func run() throws {
        let folder = try options.folder(for: A.self)
        var query = try options.query()
        query.order = ProfileQuery.Order(rawValue: sort) ?? .date
        do {
            let found = try folder.find(query)
            // By time and endpoint, what matters stands first.
            let names = query.order == .date ? Array(found.suffix(limit)) : Array(found.prefix(limit))
            if json {
                print(String(decoding: try ProfileList.json(folder, names), as: UTF8.self), terminator: "")
            } else if names.isEmpty {
                print("no profiles in \(folder.path)")
            } else {
                print(try ProfileList.text(folder, names), terminator: "")
            }
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

/// `profiles show`.
struct ProfilesShow<A: Application>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Prints the report of a profile.")
    }

    @OptionGroup var options: ProfilesOptions

    @Argument(help: "A name, a part of one, a pattern, or latest.")
    var name: String?

    func run() throws {
        let folder = try options.folder(for: A.self)
        do {
            let standard = options.request == nil ? ["latest"] : []
            let found = try folder.find(try options.query(name.map { [$0] } ?? standard))
            guard let one = found.last else { throw CommandFailure("no such profile in \(folder.path)") }
            guard found.count == 1 || name == nil else {
                let some = found.suffix(5).map(\.text).joined(separator: ", ")
                throw CommandFailure("\(found.count) profiles fit \"\(name ?? "")\": \(some)")
            }
            print(String(decoding: try folder.report(one), as: UTF8.self), terminator: "")
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
