public import ArgumentParser
internal import Roost

/// `settings show`: every effective setting and where it came from, secrets hidden.
public struct SettingsCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "settings", abstract: "Shows the effective settings.", subcommands: [Show.self],
            defaultSubcommand: Show.self)
    }

    public init() {}

    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Every setting, its value and where it came from.")
        }

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let settings = try options.load(for: A.self)
            for line in try SettingsListing(settings).lines { print(line) }
        }
    }
}

/// Settings as aligned lines of text.
struct SettingsListing {
    let lines: [String]

    init(_ settings: Settings) throws {
        let rows = try settings.known.map { setting in
            let value = try settings.value(setting.key)
            let text = value.map { setting.isSecret ? "(hidden)" : $0.texts.joined(separator: ",") } ?? "(not set)"
            return (setting.key, text, value?.origin.description ?? "")
        }
        let keyWidth = rows.map(\.0.utf8.count).max() ?? 0
        let textWidth = min(48, rows.map(\.1.utf8.count).max() ?? 0)
        lines = rows.map { key, text, origin in
            Columns.pad(key, keyWidth) + "  " + Columns.pad(text, textWidth) + "  " + origin
        }
    }
}
