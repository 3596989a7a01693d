import RoostPostgres
import Testing

@Suite("SQL literals")
struct SQLTests {
    @Test("interpolated values become numbered parameters")
    func values() {
        let sql: SQL = "SELECT * FROM users WHERE id = \(7) AND name = \("O'Hara")"
        #expect(sql.text == "SELECT * FROM users WHERE id = $1 AND name = $2")
        #expect(sql.values == [.int(7), .text("O'Hara")])
    }

    @Test("nested statements are renumbered, also past nine parameters")
    func nesting() {
        let list = SQL.joined((1...9).map { "\($0)" as SQL })
        let inner: SQL = "x > \(10) AND y < \(11)"
        let sql: SQL = "SELECT é WHERE a IN (\(list)) AND (\(inner)) AND z = \(12)"
        #expect(
            sql.text == "SELECT é WHERE a IN ($1, $2, $3, $4, $5, $6, $7, $8, $9) AND (x > $10 AND y < $11) AND z = $12"
        )
        #expect(sql.values.count == 12)
        let doubled = sql + " OR (" + sql + ")"
        #expect(doubled.text.hasSuffix("(x > $22 AND y < $23) AND z = $24)"))
    }

    @Test("identifiers are quoted, quotes inside them doubled")
    func identifiers() {
        let sql: SQL = "SELECT \(identifier: "my\"column") FROM \(identifier: "naïve")"
        #expect(sql.text == "SELECT \"my\"\"column\" FROM \"naïve\"")
    }

    @Test("a secret is bound and hidden, also when nested")
    func secrets() {
        let inner: SQL = "token = \(secret: "hunter2")"
        let sql: SQL = "SELECT 1 WHERE \(inner) AND id = \(3)"
        #expect(sql.loggableValues == ["<secret>", "3"])
        #expect(sql.values.first == .text("hunter2"))
    }

    @Test("an array is one parameter, bytes are not an array, nil is NULL")
    func arrays() {
        let sql: SQL = "\([1, 2]) \([UInt8](arrayLiteral: 1, 255)) \(nil as Int?) \(["a\"b", nil])"
        #expect(sql.text == "$1 $2 $3 $4")
        #expect(sql.loggableValues == ["{1,2}", "\\x01ff", "NULL", #"{"a\"b",NULL}"#])
    }
}

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "ISO 8601 text is read and written",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-21 03:37:53.25+02", 1_795_225_073_250_000),
            ("1969-12-31T23:59:59.999999Z", -1), ("2000-01-01", 946_684_800_000_000),
            ("2000-01-01T05:30:00+05:30", 946_684_800_000_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ])
    func reading(text: String, microseconds: Int64) throws {
        let time = try #require(Timestamp(iso8601: text))
        #expect(time.microseconds == microseconds)
        #expect(Timestamp(iso8601: time.iso8601) == time)
    }

    @Test(
        "other text is refused",
        arguments: ["", "2026", "2026-13-01", "2026-11-21T", "2026-11-21T03:37:53Zx", "21.11.2026", "2026-11-21T25:00"])
    func refusing(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("components survive the way there and back")
    func components() {
        let time = Timestamp(microseconds: -1_234_567_890_123)
        #expect(Timestamp(time.components) == time)
        #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
        #expect(Timestamp(.init(year: 2024, month: 2, day: 29)).components.weekday == 4)
    }
}
