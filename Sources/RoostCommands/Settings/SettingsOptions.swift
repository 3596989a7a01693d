public import ArgumentParser
internal import Glibc
public import Roost

/// The options with which every command finds its settings.
public struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Settings file (YAML).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("development, testing or production.", valueName: "name"))
    var environment: String?

    @Option(help: ArgumentHelp("PostgreSQL connection; wins over the file and DATABASE_URL.", valueName: "url"))
    var databaseUrl: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Any setting, as key=value; may be repeated.", valueName: "key=value"))
    var assignments: [String] = []

    public init() {}

    /// The effective settings of an application.
    /// - Parameter flags: further values from the command's own options.
    /// - Throws: `SettingError`, `CommandFailure`.
    public func load<A: Application>(for application: A.Type, flags: [SettingsLoader.Flag] = []) throws -> Settings {
        try SettingsLoader(known: A.knownSettings).load(
            file: config, environment: Self.variables(), flags: try ownFlags() + flags)
    }

    private func ownFlags() throws -> [SettingsLoader.Flag] {
        var flags = databaseUrl.map { [SettingsLoader.Flag("database.url", $0, name: "--database-url")] } ?? []
        if let environment {
            flags.append(SettingsLoader.Flag(Setting.appEnvironment.key, environment, name: "--environment"))
        }
        for assignment in assignments {
            guard let equals = assignment.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw CommandFailure("--set \(assignment): write it as key=value", status: 2)
            }
            let text = String(assignment[assignment.utf8.index(after: equals)...])
            flags.append(SettingsLoader.Flag(String(assignment[..<equals]), text, name: "--set"))
        }
        return flags
    }

    /// The process's environment, read without Foundation.
    static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(pair[..<equals])] = String(pair[pair.utf8.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }
}
