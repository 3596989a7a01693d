import Testing

@testable import RoostCommands

@Suite("Reading a shell's lines")
struct ShellReaderTests {
    private func items(_ text: String) -> (items: [ShellItem], isInside: Bool) {
        var reader = ShellReader()
        let items = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { reader.take(String($0)) }
        return (items, reader.isInside)
    }

    @Test("a statement goes on until its semicolon, over lines, quotes, comments and parentheses")
    func statements() {
        #expect(items("SELECT 1;").items == [.sql("SELECT 1;")])
        #expect(items("SELECT\n  1\n;").items == [.sql("SELECT\n  1\n;")])
        #expect(items("SELECT ';', $$;$$; SELECT 2;").items == [.sql("SELECT ';', $$;$$;"), .sql("SELECT 2;")])
        #expect(items("SELECT 1 /* ; */ -- ;\n;").items.count == 1)
        #expect(items("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);").items.count == 1)
    }

    @Test("what is not complete waits")
    func waiting() {
        for text in ["SELECT 1", "SELECT ';", "SELECT /* ;", "SELECT $a$ ; $b$;", "SELECT (1;"] {
            let read = items(text)
            #expect(read.items.isEmpty && read.isInside, "\(text)")
        }
    }

    @Test("blank lines, comments and lone semicolons are nothing to do", arguments: ["", "   ", ";", ";;", "-- words", "/* a */"])
    func nothing(text: String) {
        let read = items(text)
        #expect(read.items.isEmpty && !read.isInside)
    }

    @Test("the first character tells commands and expressions from SQL")
    func kinds() {
        #expect(items("  .describe  posts ").items == [.command("describe", argument: "posts")])
        #expect(items(".").items == [.command("", argument: "")])
        #expect(items("= 1 + 2").items == [.template("{{ 1 + 2 }}")])
        #expect(items("{{ a }} and {{ b }}").items == [.template("{{ a }} and {{ b }}")])
    }

    @Test("inside a statement a line is SQL, whatever it begins with")
    func inside() {
        #expect(items("SELECT 1 AS a\n= 2\n.5;").items == [.sql("SELECT 1 AS a\n= 2\n.5;")])
    }

    @Test("the end of the input ends a statement, too")
    func end() {
        var reader = ShellReader()
        #expect(reader.take("SELECT 1; SELECT 2") == [.sql("SELECT 1;")])
        #expect(reader.finish() == .sql("SELECT 2"))
        #expect(reader.finish() == nil)
    }
}
