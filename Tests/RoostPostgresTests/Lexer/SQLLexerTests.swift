import RoostPostgres
import Testing

@Suite("The SQL lexer")
struct SQLLexerTests {
    typealias Kind = SQLToken.Kind

    private func tokens(_ text: String) -> [(Kind, String)] {
        var lexer = SQLLexer(text)
        var found: [(Kind, String)] = []
        while let token = lexer.nextSignificant() { found.append((token.kind, lexer.text(of: token))) }
        return found
    }

    @Test(
        "cuts one token where PostgreSQL does",
        arguments: [
            ("'it''s'", .string), ("E'it\\'s'", .string), ("e'\\\\'", .string), ("B'0101'", .string),
            ("x'1F'", .string), ("N'n'", .string), ("U&'d\\0061t'", .string), ("u&\"d\\0061t\"", .quotedName),
            ("'a'\n  'b'", .string), ("'a' -- why\n'b'", .string), ("E'a\\''\n'\\'b'", .string),
            ("\"Users\"", .quotedName), ("\"a\"\"b\"", .quotedName), ("$$it's; --$$", .dollarString),
            ("$body$ $$ $x$ $body$", .dollarString), ("$1", .parameter), ("$123", .parameter), ("0", .number),
            ("1_000", .number), ("1.", .number), (".5", .number), ("1.5e-10", .number), ("1E+3", .number),
            ("0xDEAD_beef", .number), ("0o17", .number), ("0b101", .number), ("a$b", .word), ("_x1", .word),
            ("größe", .word), ("->>", .operator), ("@>", .operator), ("<=", .operator), ("@-", .operator),
            ("::", .punctuation),
            ("..", .punctuation), (":=", .punctuation), ("\\", .other), ("\u{1}", .other),
        ] as [(String, SQLToken.Kind)])
    func single(text: String, kind: SQLToken.Kind) {
        let found = tokens(text)
        #expect(found.count == 1 && found.first?.0 == kind && found.first?.1 == text, "\(found)")
    }

    @Test(
        "parts what does not belong together",
        arguments: [
            ("'a' 'b'", ["'a'", "'b'"]), ("'a''b'c", ["'a''b'", "c"]), ("'\\'x", ["'\\'", "x"]),
            ("x=-5", ["x", "=", "-", "5"]), ("a<>-1", ["a", "<>", "-", "1"]), ("a@-1", ["a", "@-", "1"]),
            ("1..10", ["1", "..", "10"]), ("a.b.c", ["a", ".", "b", ".", "c"]),
            ("x::int[]", ["x", "::", "int", "[", "]"]),
            ("a+--b\n1", ["a", "+", "1"]), ("a*/*b*/c", ["a", "*", "c"]), ("1e", ["1", "e"]), ("0x", ["0", "x"]),
            ("$1a", ["$1", "a"]), ("a $x", ["a", "$", "x"]), ("e 'x'", ["e", "'x'"]), ("be'x'", ["be", "'x'"]),
            ("/* a /* b */ c */ d", ["d"]), ("--x\r1", ["1"]), ("U&x", ["U", "&", "x"]),
            ("a[1:2]", ["a", "[", "1", ":", "2", "]"]),
            ("\u{B}1\u{C}2", ["1", "2"]),
        ] as [(String, [String])])
    func parts(text: String, expected: [String]) {
        #expect(tokens(text).map(\.1) == expected)
    }

    @Test(
        "says when a text ends inside a token",
        arguments: ["'a", "E'\\'", "\"a", "$$a", "$x$a$y$", "/* /* */", "U&'", "x'1"])
    func unterminated(text: String) {
        var lexer = SQLLexer(text)
        var last: SQLToken?
        while let token = lexer.next() { last = token }
        #expect(last?.isTerminated == false)
    }

    @Test("never loses a byte and never stops, whatever the bytes")
    func fuzz() {
        for bytes in SQLFuzz.inputs() {
            var lexer = SQLLexer(bytes: bytes)
            var end = 0
            while let token = lexer.next() {
                guard token.range.lowerBound == end, !token.range.isEmpty else {
                    Issue.record("a gap or an empty token at \(end) of \(bytes)")
                    return
                }
                end = token.range.upperBound
            }
            #expect(end == bytes.count)
        }
    }
}
