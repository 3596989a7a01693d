internal import Glibc
internal import RoostPostgres

/// What the data layer reaches, for `query` of the comparison beside a C program on libpq: rows per second, every field
/// of every row decoded into a Swift value.
///
/// The database is named by the `PG*` variables of the environment and has Flasky's `users`, 1,000 of them.
struct QueryBenchmark {
    /// The six columns of the reference, read by position.
    private struct User: RowDecodable {
        let id: Int
        let username: String
        let email: String
        let confirmed: Bool
        let memberSince: Timestamp
        let lastSeen: Timestamp

        init(row: Row) throws {
            id = try row[0]
            username = try row[1]
            email = try row[2]
            confirmed = try row[3]
            memberSince = try row[4]
            lastSeen = try row[5]
        }
    }

    /// The same, read by the names that the compiler knows.
    private struct CodableUser: Decodable {
        let id: Int
        let username: String
        let email: String
        let confirmed: Bool
        let memberSince: Timestamp
        let lastSeen: Timestamp
    }

    private static let users = 1000
    private static let slices = 10

    private let database = Connection(settings: ConnectionSettings(url: ""))
    private var key = 0
    private(set) var checksum: Int64 = 0

    /// The four cases take turns, ten slices each, so that a change of the machine's speed hits them alike.
    ///
    /// - Parameter seconds: for each case.
    /// - Returns: one line of JSON.
    mutating func run(seconds: Double) throws -> String {
        let cases: [(name: String, fetch: (inout QueryBenchmark) throws -> Int)] = [
            ("pk_binary", { try $0.one() }), ("scan_binary", { try $0.all() }),
            ("pk_codable", { try $0.oneCodable() }), ("scan_codable", { try $0.allCodable() }),
        ]
        var tallies = cases.map { _ in (rows: 0, nanoseconds: UInt64(0)) }
        for _ in 0..<Self.slices {
            for (index, entry) in cases.enumerated() {
                let start = Self.now
                var end = start
                while Double(end - start) < seconds * 1e9 / Double(Self.slices) {
                    tallies[index].rows += try entry.fetch(&self)
                    end = Self.now
                }
                tallies[index].nanoseconds += end - start
            }
        }
        let figures = zip(cases, tallies).map { entry, tally in
            "\"\(entry.name)\": {\"rows_per_s\": \(Int(Double(tally.rows) * 1e9 / Double(tally.nanoseconds)))}"
        }
        return "{" + figures.joined(separator: ", ") + "}"
    }

    /// Many statements on one connection, for a look at the memory: its resident size after the first and the last
    /// tenth, in KB.
    func memory(statements: Int) throws -> (before: Int, after: Int) {
        var before = 0
        for number in 0..<statements {
            _ = try database.first(
                "SELECT id, username FROM users WHERE id = \(number % Self.users + 1)", as: (Int, String).self)
            if number == statements / 10 { before = Self.resident }
        }
        return (before, Self.resident)
    }

    private mutating func nextKey() -> Int {
        key = key % Self.users + 1
        return key
    }

    private mutating func one() throws -> Int {
        let users = try database.rows(
            """
            SELECT id, username, email, confirmed, member_since, last_seen FROM users WHERE id = \(nextKey())
            """, as: User.self)
        for user in users { add(user.id, user.username, user.email, user.confirmed, user.memberSince, user.lastSeen) }
        return users.count
    }

    private mutating func all() throws -> Int {
        let users = try database.rows(
            "SELECT id, username, email, confirmed, member_since, last_seen FROM users ORDER BY id", as: User.self)
        for user in users { add(user.id, user.username, user.email, user.confirmed, user.memberSince, user.lastSeen) }
        return users.count
    }

    private mutating func oneCodable() throws -> Int {
        let users = try database.rows(
            """
            SELECT id, username, email, confirmed, member_since, last_seen FROM users WHERE id = \(nextKey())
            """, as: CodableUser.self)
        for user in users { add(user.id, user.username, user.email, user.confirmed, user.memberSince, user.lastSeen) }
        return users.count
    }

    private mutating func allCodable() throws -> Int {
        let users = try database.rows(
            "SELECT id, username, email, confirmed, member_since, last_seen FROM users ORDER BY id",
            as: CodableUser.self)
        for user in users { add(user.id, user.username, user.email, user.confirmed, user.memberSince, user.lastSeen) }
        return users.count
    }

    /// As the reference does, so that nothing decoded is thrown away by the compiler.
    private mutating func add(
        _ id: Int, _ username: String, _ email: String, _ confirmed: Bool, _ since: Timestamp, _ seen: Timestamp
    ) {
        let numbers = Int64(id + username.utf8.count + email.utf8.count + (confirmed ? 1 : 0))
        checksum = checksum &+ numbers &+ since.microseconds &+ seen.microseconds
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Resident memory of this process in KB, from the second number of /proc/self/statm.
    private static var resident: Int {
        var bytes = [UInt8](repeating: 0, count: 256)
        let file = open("/proc/self/statm", O_RDONLY)
        defer { close(file) }
        let count = max(read(file, &bytes, bytes.count), 0)
        let fields = bytes[..<count].split(separator: UInt8(ascii: " "))
        let pages = fields.count > 1 ? Int(String(decoding: fields[1], as: UTF8.self)) ?? 0 : 0
        return pages * Int(getpagesize()) / 1024
    }
}
