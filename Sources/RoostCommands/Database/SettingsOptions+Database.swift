internal import Roost
internal import RoostDatabase
internal import RoostMigrations
public import RoostPostgres

extension SettingsOptions {
    /// A connection to the application's database, for commands.
    /// - Throws: `SettingError`; opening it is left to the first statement.
    public func connect<A: Application>(for application: A.Type) throws -> Connection {
        Connection(settings: try ConnectionSettings(load(for: A.self), applicationName: A.name))
    }

    /// Applies the pending migrations of an application and tells on the terminal what it does, for commands that do
    /// more than `db upgrade`.
    /// - Throws: `CommandFailure` with the place in the file.
    public func upgrade<A: Application>(for application: A.Type) throws {
        let migrator = try migrator(for: A.self)
        let done = try explaining { try migrator.upgrade() }
        if done.isEmpty { print("no pending migrations") }
    }
}
