import RoostPostgres
import Testing

extension ServerTests {
    @Suite("LISTEN and NOTIFY")
    struct NotificationTests {
        @Test("messages arrive with channel, payload and sender, in order")
        func arrival() throws {
            try TestDatabase.with { db in
                try TestDatabase.with { sender in
                    try db.listen(to: "News \"today\"")
                    try sender.notify("News \"today\"", payload: "first")
                    try sender.notify("News \"today\"")
                    try sender.notify("other", payload: "not for us")
                    var found: [Notification] = []
                    while found.count < 2 {
                        let more = try db.notifications(timeout: .seconds(5))
                        try #require(!more.isEmpty)
                        found += more
                    }
                    #expect(found.map(\.payload) == ["first", ""])
                    #expect(
                        found.allSatisfy { $0.channel == "News \"today\"" && $0.processID == sender.backendProcessID })
                    try db.unlisten(from: "News \"today\"")
                    try sender.notify("News \"today\"")
                    #expect(try db.notifications(timeout: .milliseconds(50)).isEmpty)
                }
            }
        }

        @Test("waiting ends with the time, and messages that came during statements are kept")
        func timeout() throws {
            try TestDatabase.with { db in
                let start = Timestamp.now.microseconds
                #expect(try db.notifications(timeout: .milliseconds(80)).isEmpty)
                let waited = Timestamp.now.microseconds - start
                #expect(waited >= 80_000 && waited < 2_000_000)
                try db.listen(to: "self")
                try db.notify("self", payload: "to me")
                _ = try db.value("SELECT 1 FROM pg_sleep(0.01)", as: Int.self)
                #expect(try db.notifications(timeout: .zero).map(\.payload) == ["to me"])
            }
        }

        @Test("a lost connection is reported once; the next one listens again")
        func reconnect() throws {
            try TestDatabase.with { db in
                try TestDatabase.with { other in
                    try db.listen(to: "c")
                    let pid = db.backendProcessID
                    #expect(try other.value("SELECT pg_terminate_backend(\(pid)::int, 5000)", as: Bool.self))
                    let error = try #require(throws: QueryError.self) { try db.notifications(timeout: .seconds(5)) }
                    #expect(error.code == .connectionLost && error.description.contains("may have been missed"))
                    #expect(try db.notifications(timeout: .zero).isEmpty)
                    try other.notify("c", payload: "again")
                    #expect(try db.notifications(timeout: .seconds(5)).map(\.payload) == ["again"])
                }
            }
        }

        @Test("impossible waits and names are refused")
        func refusals() throws {
            try TestDatabase.with { db in
                #expect(throws: QueryError.self) { try db.transaction { try db.notifications(timeout: .zero) } }
                for name in ["", "a\0b", String(repeating: "x", count: 64)] {
                    #expect(throws: QueryError.self) { try db.listen(to: name) }
                    #expect(throws: QueryError.self) { try db.notify(name) }
                }
                #expect(throws: QueryError.self) { try db.notify("c", payload: String(repeating: "x", count: 9000)) }
                try TestDatabase.expectAlive(db)
            }
        }
    }
}
