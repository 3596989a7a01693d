import RoostPostgres
import Testing

@Suite("Exact decimals")
struct DecimalTests {
    @Test(
        "text is read and written as the server writes it",
        arguments: [
            ("0", "0"), ("-0", "0"), ("-0.00", "0.00"), ("1", "1"), ("10000", "10000"), ("12.50", "12.50"),
            ("-12.50", "-12.50"), (".5", "0.5"), ("5.", "5"), ("+7", "7"), ("0.0001", "0.0001"), ("0.00010", "0.00010"),
            ("1e3", "1000"), ("1.5e-3", "0.0015"), ("1E+2", "100"), ("00012.3", "12.3"),
            ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
            ("nan", "NaN"), ("Infinity", "Infinity"), ("-inf", "-Infinity"), ("99999999", "99999999"),
        ])
    func texts(text: String, expected: String) {
        #expect(SQLDecimal(text)?.description == expected)
    }

    @Test(
        "other text is refused",
        arguments: ["", "-", ".", "1e", "e5", "1.2.3", "1 ", "0x1", "1e999999999", "--1", "1-", "é", "infinitys"])
    func refusals(text: String) {
        #expect(SQLDecimal(text) == nil)
    }

    @Test("numbers are compared by value, and equal ones hash alike")
    func comparisons() throws {
        let ordered = [
            "-Infinity", "-10000.1", "-2", "-1.5", "0", "0.00001", "0.5", "1", "1.00001", "9999", "10000", "1e20",
            "Infinity", "NaN",
        ]
        .compactMap { SQLDecimal($0) }
        #expect(ordered.count == 14)
        for (left, right) in zip(ordered, ordered.dropFirst()) { #expect(left < right && right > left) }
        let (one, other) = (try #require(SQLDecimal("1.0")), try #require(SQLDecimal("1.00")))
        #expect(one == other && one.hashValue == other.hashValue && one.description != other.description)
        #expect(SQLDecimal(UInt64.max).description == String(UInt64.max))
        #expect(-5 as SQLDecimal == SQLDecimal("-5.000"))
    }
}

extension ServerTests {
    @Suite("Values of the server")
    struct ValueTests {
        @Test(
            "numeric survives in both directions, in both formats",
            arguments: [
                "0", "-0.001", "12.50", "1e-20", "1e60", "-9999.9999", "10000", "0.00001234", "123456789.000000",
                "NaN", "Infinity", "-Infinity",
            ], [ConnectionSettings.Pooler.session, .transaction])
        func numeric(text: String, pooler: ConnectionSettings.Pooler) throws {
            let value = try #require(SQLDecimal(text))
            try TestDatabase.with {
                $0.pooler = pooler
            } _: { db in
                let (there, asText) = try db.one(
                    "SELECT \(value)::numeric, \(value)::numeric::text", as: (SQLDecimal, String).self)
                #expect(there == value && there.description == asText)
                #expect(try db.value("SELECT \([value, 1])::numeric[]") == [value, 1])
            }
        }

        @Test("random numerics agree with the server's own text")
        func randomNumerics() throws {
            try TestDatabase.with { db in
                let rows = try db.rows(
                    """
                    SELECT n, n::text FROM (SELECT ((random() - 0.5) * 10 ^ (i % 30))::numeric(60, 9) / (i + 1) AS n
                    FROM generate_series(0, 2000) AS i) AS numbers
                    """, as: (SQLDecimal, String).self)
                #expect(rows.count == 2001)
                for (number, text) in rows {
                    #expect(number.description == text)
                    #expect(SQLDecimal(text) == number)
                }
            }
        }

        @Test("dates, times and intervals survive", arguments: [ConnectionSettings.Pooler.session, .transaction])
        func calendar(pooler: ConnectionSettings.Pooler) throws {
            try TestDatabase.with {
                $0.pooler = pooler
            } _: { db in
                for text in [
                    "2024-02-29", "0001-01-01", "0044-03-15 BC", "9999-12-31", "5874897-12-31", "4713-01-01 BC",
                    "infinity", "-infinity",
                ] {
                    let date = try #require(SQLDate(text))
                    #expect(date.description == text)
                    #expect(
                        try db.one("SELECT \(date)::date, \(date)::date::text", as: (SQLDate, String).self) == (
                            date, text
                        ))
                }
                for text in ["00:00:00", "03:04:05.678901", "24:00:00", "23:59:59"] {
                    let time = try #require(SQLTime(text))
                    #expect(
                        try db.one("SELECT \(time)::time, \(time)::time::text", as: (SQLTime, String).self) == (
                            time, text
                        ))
                }
                for span in [
                    SQLInterval(), SQLInterval(months: 14, days: -3, microseconds: 1), SQLInterval(.seconds(-90_061)),
                    SQLInterval(months: -1, days: 400, microseconds: 3_600_000_000 * 30 + 500_000),
                ] {
                    #expect(try db.value("SELECT \(span)::interval") == span)
                    #expect(try db.value("SELECT \([span])::interval[]") == [span])
                }
                #expect(try db.value("SELECT date '2024-02-29'", as: Timestamp.self).iso8601 == "2024-02-29T00:00:00Z")
                #expect(
                    try db.value("SELECT '2 days 00:00:01'::interval", as: SQLInterval.self).duration
                        == .seconds(172_801))
            }
        }

        @Test(
            "days that do not exist are refused",
            arguments: ["2023-02-29", "2024-13-01", "2024-1-1", "", "x", "2024-01-01T00:00"])
        func impossibleDays(text: String) {
            #expect(SQLDate(text) == nil)
        }

        @Test("weekdays and fields of days before and after 1970")
        func fields() throws {
            let day = try #require(SQLDate("1969-12-31"))
            #expect(day.daysSince1970 == -1 && day.weekday == 3)
            let leap = try #require(SQLDate(year: 2000, month: 2, day: 29))
            #expect((leap.year, leap.month, leap.day, leap.weekday) == (2000, 2, 29, 2))
            #expect(SQLDate(Timestamp(microseconds: -1)) == day && SQLDate(year: 1900, month: 2, day: 29) == nil)
            #expect(SQLTime("24:00:01") == nil && SQLTime("12:60") == nil && SQLTime("1:00:00") == nil)
        }

        private struct Profile: Codable, Hashable {
            var tags: [String]
            var level: Double
        }

        private enum Mood: String, Codable { case calm, wild }

        private struct Person: Codable {
            var id: Int
            var profile: Profile
            var other: Profile?
            var mood: Mood
            var balance: SQLDecimal
            var born: SQLDate?
            var scores: [Int]
        }

        @Test("a Codable struct takes nested JSON, plain enums, exact decimals and arrays from its columns")
        func codable() throws {
            try TestDatabase.with { db in
                try db.script(
                    unsafe: """
                        CREATE TYPE mood AS ENUM ('calm', 'wild');
                        CREATE TABLE people (id int, profile jsonb, other json, mood mood, balance numeric(9, 2),
                            born date, scores int[])
                        """)
                let profile = Profile(tags: ["a\"b", "é"], level: 0.5)
                try db.execute(
                    """
                    INSERT INTO people VALUES (1, \(JSONColumn(profile)), NULL, 'wild', 3.50, '2000-01-02', '{1,2}'),
                        (2, '{"tags": 3}', NULL, 'calm', 0, NULL, '{}')
                    """)
                let person = try db.one("SELECT * FROM people WHERE id = 1", as: Person.self)
                #expect(person.profile == profile && person.other == nil && person.mood == .wild)
                #expect(person.balance.description == "3.50" && person.born?.description == "2000-01-02")
                #expect(person.scores == [1, 2])
                let error = try #require(throws: QueryError.self) {
                    try db.one("SELECT * FROM people WHERE id = 2", as: Person.self)
                }
                #expect(error.table == "people" && error.column == "profile")
                #expect(error.description.contains("the JSON does not fit Profile at tags"))
            }
        }

        @Test("a value that JSON cannot hold fails before it is sent")
        func impossibleJSON() throws {
            try TestDatabase.with { db in
                let error = try #require(throws: QueryError.self) {
                    try db.execute("SELECT \(JSONColumn(["level": Double.infinity]))::json")
                }
                #expect(
                    error.code == .invalidParameter && error.description.contains("cannot be written as JSON at level"))
                try TestDatabase.expectAlive(db)
            }
        }
    }
}
