import RoostMigrations
import Testing

@Suite("The migration folder")
struct FolderTests {
    @Test("files are found, parsed and ordered by number")
    func order() throws {
        let folder = try TestFolder([
            "0010_later.sql": "-- migrate:up\nSELECT 10;\n",
            "2_early.sql": "-- migrate:up transaction:false\nSELECT 2;\n-- migrate:down\nSELECT -2;\n",
            "notes.txt": "ignored",
        ]).read()
        #expect(folder.migrations.map(\.version) == ["2", "0010"])
        #expect(folder.migrations.map(\.name) == ["early", "later"])
        let first = folder.migrations[0]
        #expect(first.up.withoutTransaction && first.down?.withoutTransaction == false)
        #expect(first.down?.text == "SELECT -2;\n\n" && first.down?.firstLine == 4)
        #expect(folder.migrations[1].down == nil)
    }

    @Test("header options apply to the whole file")
    func options() throws {
        let folder = try TestFolder([
            "1_x.sql":
                "-- A word before.\n-- migrate:no-transaction\n-- migrate:lock-timeout 500ms\n-- migrate:up\nSELECT 1;\n"
        ]).read()
        #expect(folder.migrations[0].up.withoutTransaction && folder.migrations[0].lockTimeout == "500ms")
    }

    @Test("CRLF and a byte-order mark do not count")
    func lineEnds() throws {
        let files = try TestFolder([
            "1_a.sql": "-- migrate:up\nSELECT 1;\n", "2_b.sql": "\u{FEFF}-- migrate:up\r\nSELECT 1;\r\n",
        ]).read().migrations
        #expect(files[0].text == files[1].text)
    }

    @Test(
        "what cannot be right is refused with its place",
        arguments: [
            (["1_a.sql": "SELECT 1;\n"], "1_a.sql:1:1: error: SQL before"),
            (["1_a.sql": "-- nothing\n"], "1_a.sql:1: error: the file has no line"),
            (["1_a.sql": "-- migrate:up\n-- migrate:upp\n"], "1_a.sql:2:1: error: unknown option \"migrate:upp\""),
            (["1_a.sql": "-- migrate:down\n"], "1_a.sql:1:1: error: \"-- migrate:down\" before"),
            (["1_a.sql": "-- migrate:lock-timeout soon\n"], "1_a.sql:1:1: error: lock-timeout needs"),
            (["a.sql": "-- migrate:up\n"], "a.sql: error: the name needs a number"),
            (["1_a.sql": "-- migrate:up\n", "001_b.sql": "-- migrate:up\n"], "has the same number as"),
        ] as [([String: String], String)])
    func refusals(files: [String: String], message: String) throws {
        let folder = try TestFolder(files)
        let error = try #require(throws: MigrationError.self) { try folder.read() }
        #expect(error.description.contains(message))
    }

    @Test("a new file takes the next number and is never written over another")
    func creation() throws {
        let folder = try TestFolder(["0009_x.sql": "-- migrate:up\n"])
        let path = try folder.read().create(name: "Add Follows!")
        #expect(path.hasSuffix("/0010_add_follows.sql"))
        #expect(try folder.read().migrations.count == 2)
        #expect(throws: MigrationError.self) { try folder.read().create(name: "…") }
    }
}
