internal import Roost
internal import RoostDatabase
public import RoostPostgres

extension SettingsOptions {
    /// A connection to the application's database, for commands.
    /// - Throws: `SettingError`; opening it is left to the first statement.
    public func connect<A: Application>(for application: A.Type) throws -> Connection {
        Connection(settings: try ConnectionSettings(load(for: A.self), applicationName: A.name))
    }
}
