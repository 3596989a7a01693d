import Foundation
import Testing

@testable import RoostPostgres

@Suite("Names of columns")
struct ColumnNameTests {
    @Test(
        "follow from the properties' names",
        arguments: [
            ("id", "id"), ("authorID", "author_id"), ("bodyHTML", "body_html"), ("isURLSafe", "is_url_safe"),
            ("HTMLBody", "html_body"), ("lastSeen", "last_seen"), ("last_seen", "last_seen"), ("a1B2", "a1_b2"),
            ("x", "x"),
            ("année", "année"), ("", ""),
        ])
    func snakeCase(property: String, column: String) {
        #expect(SnakeCase.from(property) == column)
    }

    @Test("stand in the order of the fields, own names included, associations left out")
    func order() {
        #expect(Role.table.columnNames == ["id", "name", "default"])
        #expect(Following.table.columnNames == ["follower_id", "followed_id", "since"])
        #expect(Article.table.columnNames.last == "author_id")
        #expect(Following.table.key == [0, 1] && Role.table.key == [0] && Statistics.table.key == [0])
    }
}

@Suite("Associated values")
struct RelatedTests {
    @Test("loaded ones are part of a record's JSON, others are left out")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var remark = Remark(body: "a", articleID: 7)
        #expect(
            String(decoding: try encoder.encode(remark), as: UTF8.self)
                == #"{"articleID":7,"body":"a","id":0,"isHidden":false}"#)
        remark.replies = Related([Remark(body: "b", articleID: 7, parentID: 0)])
        let text = try encoder.encode(remark)
        #expect(String(decoding: text, as: UTF8.self).contains(#""replies":[{"articleID":7,"body":"b""#))
        let read = try JSONDecoder().decode(Remark.self, from: text)
        #expect(read.replies.value?.map(\.body) == ["b"] && !read.parent.isLoaded)
    }

    @Test("not loaded, absent and loaded are three things")
    func states() throws {
        let (fresh, absent, loaded) = (Related<Int>(), Related<Int>(loaded: nil), Related(7))
        #expect(!fresh.isLoaded && absent.isLoaded && loaded.isLoaded)
        #expect(fresh.value == nil && absent.value == nil && loaded.value == 7)
        #expect(fresh != absent && loaded == Related(7))
        #expect(try loaded.get() == 7)
        #expect(throws: RelatedError.self) { try fresh.get() }
        let error = try #require(throws: RelatedError.self) { try absent.get() }
        #expect(error.isLoaded && error.description == "there is no associated Int")
    }
}

@Suite("Portions of a bulk insert")
struct InsertPortionTests {
    @Test(
        "are powers of two, so that lists of every length share a few texts",
        arguments: [
            (0, []), (1, [1]), (7, [4, 2, 1]), (256, [256]), (600, [256, 256, 64, 16, 8]),
        ] as [(Int, [Int])])
    func sizes(count: Int, expected: [Int]) {
        let portions = InsertStatement<Label>.portions(of: count, columns: 2)
        #expect(portions.map(\.count) == expected && portions.reduce(0) { $0 + $1.count } == count)
    }

    @Test("stay below the server's 65,535 parameters for the widest table")
    func wide() {
        let portions = InsertStatement<Label>.portions(of: 1000, columns: 1600)
        #expect(portions.allSatisfy { $0.count * 1600 <= 65_535 } && portions.last?.upperBound == 1000)
    }
}
