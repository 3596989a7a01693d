public import Roost

/// Puts the layers of settings over each other: defaults, file, the file's section for the environment, variables,
/// command-line flags.
///
/// A secret may come from a file of its own: `SECRET_KEY_FILE=/run/secrets/key` names one for `secret_key`.
///
/// Reads everything synchronously, because the master process may never start a `Task`. It stands here in place of a
/// configuration package because each value must remember its file and line for the complaints about it.
public struct SettingsLoader {
    /// A value given on the command line.
    public struct Flag {
        let key: String
        let text: String
        let name: String

        public init(_ key: String, _ text: String, name: String) {
            self.key = key
            self.text = text
            self.name = name
        }
    }

    let known: [Setting]

    public init(known: [Setting]) { self.known = known }

    /// - Parameters:
    ///   - file: path of the YAML file; `nil` for none.
    ///   - environment: variables by name.
    ///   - flags: values from the command line; they win.
    /// - Throws: `SettingError` with the origin of the first value that does not fit.
    public func load(file: String?, environment: [String: String], flags: [Flag] = []) throws -> Settings {
        var over: [String: Settings.Value] = [:]
        for setting in known { over[setting.key] = try variable(of: setting, environment) }
        for flag in flags {
            let setting = known.first { $0.key == flag.key }
            // The database has a flag of its own, and passwords have better places than its URL.
            if let setting, setting.isSecret, setting.key != "database.url", flag.name == "--set" {
                throw SettingError(
                    flag.key, "is a secret, and the list of processes shows what stands on a command line: set "
                        + "\(setting.environmentName) in the environment, or the key in the settings file", .flag(flag.name))
            }
            over[flag.key] = Settings.Value(setting.map { texts(flag.text, $0) } ?? [flag.text], from: .flag(flag.name))
        }
        guard let file else { return try Settings(known: known, values: over) }
        return try load(SettingsFile(text: read(file), path: file, environments: Self.environments), over)
    }

    private static let environments = AppEnvironment.allCases.map(\.rawValue)

    /// The file, its section for the environment, and what goes over both.
    private func load(_ file: SettingsFile, _ over: [String: Settings.Value]) throws -> Settings {
        // A section that is not in use today is checked too: its mistakes would wait for the day it is needed.
        for section in Self.environments {
            if let values = file.sections[section] { _ = try Settings(known: known, values: values) }
        }
        let own = try Settings(known: known, values: file.values.merging(over) { $1 })
        let section = file.sections[own.environment.rawValue] ?? [:]
        return try Settings(known: known, values: file.values.merging(section) { $1 }.merging(over) { $1 })
    }

    /// What the variables of the process say about a setting.
    private func variable(of setting: Setting, _ environment: [String: String]) throws -> Settings.Value? {
        let name = setting.environmentName
        if let text = environment[name], !text.isEmpty {
            return Settings.Value(texts(text, setting), from: .environment(name))
        }
        guard setting.isSecret, let path = environment[name + "_FILE"], !path.isEmpty else { return nil }
        do {
            let bytes = try FileBytes.read(path).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return Settings.Value([String(decoding: bytes, as: UTF8.self)], from: .environment(name + "_FILE"))
        } catch let error as FileBytes.Failure {
            throw SettingError(setting.key, error.description, .environment(name + "_FILE"))
        }
    }

    private func texts(_ text: String, _ setting: Setting) -> [String] {
        guard setting.kind == .list else { return [text] }
        return text.utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    }

    private func read(_ path: String) throws -> String {
        do {
            return String(decoding: try FileBytes.read(path), as: UTF8.self)
        } catch let error as FileBytes.Failure {
            throw SettingError("settings file", error.description, .flag("--config"))
        }
    }
}
