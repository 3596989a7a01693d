public import Roost
internal import RoostPostgres
public import RoostSigning

/// Sessions in PostgreSQL, in a table that `migration` makes.
///
///     try app.useDatabase(settings)
///     try app.useDatabaseSessions()
///
/// Saving runs after the view and its hooks, as a statement of its own. Rows whose time has passed are swept away while
/// others are saved.
public final class DatabaseSessions: SessionStore {
    /// The text of a migration: copy it into the app's folder of migrations.
    public static let migration = """
        -- migrate:up
        CREATE TABLE sessions (
            key text PRIMARY KEY,
            data text NOT NULL,
            expires_at timestamptz NOT NULL
        );
        CREATE INDEX sessions_expires_at ON sessions (expires_at);

        -- migrate:down
        DROP TABLE sessions;

        """

    /// Rows that one sweep removes at most.
    private static let sweepLimit = 1000
    /// Bytes of a session's JSON.
    private let limit: Int
    private let sweepOneIn: Int

    /// - Parameters:
    ///   - limit: bytes that a session may take
    ///   - sweepOneIn: about one in so many savings sweeps
    public init(limit: Int = 1 << 20, sweepOneIn: Int = 256) {
        self.limit = limit
        self.sweepOneIn = max(1, sweepOneIn)
    }

    public func load(_ key: String, for request: Request, now: Int64) throws -> StoredSession? {
        let row = try request.database.first(
            """
            SELECT data, extract(epoch FROM expires_at)::bigint FROM sessions
            WHERE key = \(secret: key) AND expires_at > to_timestamp(\(Double(now)))
            """, as: (String, Int64).self)
        guard let (data, expires) = row else { return nil }
        do {
            guard case .object(let session) = try TaggedJSON.decode(Array(data.utf8)) else { return nil }
            return StoredSession(session, expires: expires)
        } catch {
            // Somebody wrote into the table: no reason to fail every request of that browser.
            request.app.logger.warning(
                "a stored session cannot be read; an empty one is used",
                metadata: ["problem": "\(error)", "request_id": "\(request.requestID)"])
            return nil
        }
    }

    public func save(_ key: String, _ session: SessionObject, until expires: Int64, for request: Request) throws {
        let data = String(decoding: try TaggedJSON.encode(.object(session)), as: UTF8.self)
        guard data.utf8.count <= limit else { throw SessionTooLarge(bytes: data.utf8.count, limit: limit) }
        try request.database.execute(
            """
            INSERT INTO sessions (key, data, expires_at)
            VALUES (\(secret: key), \(secret: data), to_timestamp(\(Double(expires))))
            ON CONFLICT (key) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
            """)
        if Int.random(in: 0..<sweepOneIn) == 0 { try sweep(for: request) }
    }

    public func remove(_ key: String, for request: Request) throws {
        try request.database.execute("DELETE FROM sessions WHERE key = \(secret: key)")
    }

    /// Removes rows whose time has passed, a thousand at most.
    /// - Returns: how many went.
    @discardableResult
    public func sweep(for request: Request) throws -> Int {
        // Rows that another worker sweeps at the moment are left to it.
        try request.database.execute(
            """
            DELETE FROM sessions WHERE key IN (
                SELECT key FROM sessions WHERE expires_at <= to_timestamp(\(Double(request.app.unixTime())))
                LIMIT \(Self.sweepLimit) FOR UPDATE SKIP LOCKED)
            """)
    }
}

/// A session grew beyond what may be stored.
public struct SessionTooLarge: Error, CustomStringConvertible {
    public let bytes: Int
    public let limit: Int
    public var description: String { "the session has \(bytes) bytes of JSON and may have \(limit): keep less in it" }
}

extension App {
    /// Keeps sessions in the app's database. Call `useDatabase` first, and make the table with `DatabaseSessions.migration`.
    /// - Parameter settings: nil: the `session.*` part of the app's settings
    /// - Throws: `SettingError` for settings that do not fit.
    public func useDatabaseSessions(
        _ settings: SessionSettings? = nil, in store: DatabaseSessions = DatabaseSessions()
    ) throws {
        useSessions(StoredSessions(try settings ?? SessionSettings(self.settings), in: store))
    }
}
