public import ArgumentParser
public import Roost
public import RoostPostgres

/// What an executable tells Roost about its application; `RoostCommand` makes the commands from it.
///
/// ```swift
/// enum Hello: Application {
///     static let name = "hello"
///     static func makeApp(_ settings: Settings) throws -> App { … }
/// }
/// RoostCommand<Hello>.start()
/// ```
public protocol Application {
    /// Name of the executable.
    static var name: String { get }
    /// The application's own settings, beside the standard ones.
    static var settings: [Setting] { get }
    /// Standard settings whose defaults this application changes: key to text.
    static var standards: [String: String] { get }
    /// Commands beside `serve`, `status`, `db` and the others that come with Roost.
    static var commands: [any ParsableCommand.Type] { get }
    /// Builds the app: routes, templates, hooks. Runs in the master before any fork, so it may not open connections.
    static func makeApp(_ settings: Settings) throws -> App
    /// What `check` says beside the standard when it has reached a migrated database: a sentence for each thing that keeps
    /// the application from working well, with what to do about it. Default: none.
    static func remarks(_ settings: Settings, in database: Connection) throws -> [String]
}

extension Application {
    public static var settings: [Setting] { [] }
    public static var standards: [String: String] { [:] }
    public static var commands: [any ParsableCommand.Type] { [] }
    public static func remarks(_ settings: Settings, in database: Connection) throws -> [String] { [] }

    /// Every setting the application knows, with its own defaults.
    public static var knownSettings: [Setting] {
        let changed = standards
        let standard = StandardSettings.all.map { setting in
            guard let text = changed[setting.key] else { return setting }
            return Setting(setting.key, setting.kind, text, setting.summary, secret: setting.isSecret)
        }
        return standard + settings
    }
}
