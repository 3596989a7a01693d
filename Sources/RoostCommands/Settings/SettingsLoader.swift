public import Roost

/// Puts the layers of settings over each other: defaults, file, environment, command-line flags.
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
        var values: [String: Settings.Value] = [:]
        if let file { values = try SettingsFile(text: read(file), path: file).values }
        for setting in known {
            guard let text = environment[setting.environmentName], !text.isEmpty else { continue }
            values[setting.key] = Settings.Value(texts(text, setting), from: .environment(setting.environmentName))
        }
        for flag in flags {
            let setting = known.first { $0.key == flag.key }
            values[flag.key] = Settings.Value(setting.map { texts(flag.text, $0) } ?? [flag.text], from: .flag(flag.name))
        }
        return try Settings(known: known, values: values)
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
