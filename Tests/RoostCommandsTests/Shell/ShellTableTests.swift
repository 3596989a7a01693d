import RoostPostgres
import Testing

@testable import RoostCommands

@Suite("A shell's tables")
struct ShellTableTests {
    private func lines(_ columns: [(String, Bool)], _ rows: [[String?]]) -> [String] {
        ShellTable(
            TextResult(columns: columns.map { .init(name: $0.0, isNumber: $0.1) }, rows: rows, tag: "SELECT")
        ).lines
    }

    @Test("columns are aligned, numbers at the right, and NULL is shown")
    func aligned() {
        #expect(
            lines([("id", true), ("name", false)], [["1", "john"], ["100", nil], [nil, ""]]) == [
                "  id  name", "----  ----", "   1  john", " 100  NULL", "NULL",
            ])
    }

    @Test("without rows there are only the heads")
    func empty() {
        #expect(lines([("a", false), ("long", true)], []) == ["a  long", "-  ----"])
    }

    @Test("what would move the cursor is written out")
    func escaped() {
        #expect(lines([("a", false)], [["x\ny\tz\u{1B}[2J\u{7F}\r"]])[2] == "x\\ny\\tz\\x1b[2J\\x7f\\r")
    }

    @Test("wide and joining characters keep the columns straight")
    func wide() {
        let table = lines([("a", false), ("b", false)], [["日本", "x"], ["e\u{301}", "y"], ["🙂", "z"]])
        #expect(table == ["a     b", "----  -", "日本  x", "e\u{301}     y", "🙂    z"])
    }
}
