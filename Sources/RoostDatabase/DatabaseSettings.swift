public import Roost

/// The settings of the database, `database.*`.
public enum DatabaseSettings {
    public static let all: [Setting] = [
        Setting("database.url", .text, nil, "PostgreSQL connection: a URL or key=value text of libpq", secret: true),
        Setting("database.replica_url", .text, nil, "PostgreSQL replica for reads that may be a moment behind", secret: true),
        Setting("database.pooler", .choice(["session", "transaction"]), "session", "transaction: behind PgBouncer in that mode"),
        Setting(
            "database.session", .list, nil, "server parameters of each session: [work_mem=8MB, enable_memoize=off]"),
        Setting("database.connect_timeout", .duration, "5s", "for opening a connection"),
        Setting("database.migrations", .text, "migrations", "folder of the SQL migrations"),
    ]
}
