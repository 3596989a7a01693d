public import ArgumentParser
internal import Roost
internal import RoostDatabase
internal import RoostMigrations
internal import RoostPostgres

/// `db`: the schema, by plain SQL migrations.
public struct DatabaseCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "db", abstract: "Brings the database's schema up to date, and back.",
            subcommands: [Upgrade.self, Downgrade.self, Status.self, Current.self, New.self])
    }

    public init() {}

    struct Upgrade: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Applies pending migrations.")
        }

        @Option(help: ArgumentHelp("The last version to apply.", valueName: "version"))
        var to: String?

        @Flag(help: "Only tell what would be applied.")
        var dryRun = false

        @Flag(help: "Also apply files with lower numbers than applied ones.")
        var allowOutOfOrder = false

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let migrator = try options.migrator(for: A.self)
            let done = try options.explaining {
                try migrator.upgrade(to: to, dryRun: dryRun, allowOutOfOrder: allowOutOfOrder)
            }
            if dryRun { for migration in done { print("would apply \(migration.path)") } }
            if done.isEmpty { print("nothing to do") }
        }
    }

    struct Downgrade: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Undoes applied migrations, the latest first.")
        }

        @Option(name: [.customShort("n"), .long], help: "How many to undo.")
        var count = 1

        @Option(help: ArgumentHelp("Undo everything above this version; 0 undoes all.", valueName: "version"))
        var to: String?

        @OptionGroup var options: SettingsOptions

        func validate() throws {
            guard count >= 1 else { throw ValidationError("-n takes a number from 1.") }
        }

        func run() throws {
            let migrator = try options.migrator(for: A.self)
            let undone = try options.explaining { try migrator.downgrade(count: count, to: to) }
            if undone.isEmpty { print("nothing to do") }
        }
    }

    struct Status: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Lists applied, pending, changed and missing migrations.",
                discussion: "Exit status: 0 when everything is applied and unchanged, 1 otherwise.")
        }

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let migrator = try options.migrator(for: A.self)
            let status = try options.explaining { try migrator.status() }
            for entry in status.entries {
                print(Columns.pad(entry.state.word, 26) + Columns.pad(entry.appliedAt ?? "-", 30) + "\(entry.version)_\(entry.name)")
            }
            print(status.summary)
            if !status.isClean { throw ExitCode(1) }
        }
    }

    struct Current: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Prints the latest applied version.")
        }

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let migrator = try options.migrator(for: A.self)
            print(try options.explaining { try migrator.status() }.current ?? "none")
        }
    }

    struct New: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Makes the next migration file.")
        }

        @Argument(help: "What it does, in a few words.")
        var name: String

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let folder = try MigrationFolder(path: options.load(for: A.self).text("database.migrations"))
            print(try folder.create(name: name))
        }
    }
}

extension SettingsOptions {
    /// A migrator that tells on the terminal what it does.
    func migrator<A: Application>(for application: A.Type) throws -> Migrator {
        let settings = try load(for: A.self)
        let folder = try MigrationFolder(path: settings.text("database.migrations"))
        let connection = try ConnectionSettings(settings, applicationName: "\(A.name) migrations")
        let migrator = Migrator(settings: connection, folder: folder)
        migrator.onEvent = { print($0.words) }
        return migrator
    }

    /// A migration's error with its place and line, as the terminal should show it.
    func explaining<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as MigrationError {
            throw CommandFailure("\(error)")
        } catch let error as QueryError {
            throw CommandFailure("\(error)")
        }
    }
}
