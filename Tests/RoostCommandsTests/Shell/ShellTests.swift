import Foundation
import Roost
import RoostDatabase
import RoostPostgres
import RoostTemplates
import Testing

@testable import RoostCommands

@Suite("The shell", .enabled(if: FlaskyProcess.database != nil))
struct ShellTests {
    /// What a shell says to some lines.
    private final class Session {
        var output: [String] = []
        var errors: [String] = []
        let app: App

        init() throws {
            let url = try #require(FlaskyProcess.database)
            app = App("blog")
            try app.useDatabase(ConnectionSettings(url: url))
            app.useTemplates(TemplateEnvironment(loader: DictionaryLoader([:])))
            try app.get("/user/<name>", endpoint: "user") { (_: Request, name: String) in name }
            app.shellValue("one", "a number from the database") { request in
                try request.database.value("SELECT 1", as: Int.self)
            }
            app.shellValue("broken", "cannot be made") { _ in throw CommandFailure("never asked for") }
        }

        /// - Returns: whether something failed.
        func run(_ text: String) -> Bool {
            let shell = Shell(app: app, show: { self.output.append($0) }, complain: { self.errors.append($0) })
            for line in text.split(separator: "\n") where shell.take(String(line)) == .quit { break }
            shell.finish()
            return shell.hasFailed
        }
    }

    @Test("SQL prints a table with the number of rows and the time")
    func table() throws {
        let session = try Session()
        #expect(!session.run("SELECT 7 AS seven,\n NULL AS nothing, now() - now() AS zero;"))
        #expect(session.output.prefix(3) == ["seven  nothing  zero", "-----  -------  --------", "    7  NULL     00:00:00"])
        #expect(session.output.last?.hasPrefix("(1 row, ") == true)
    }

    @Test("an error is shown, and the shell goes on")
    func errors() throws {
        let session = try Session()
        #expect(session.run("SELECT wrong;\n.nonsense\n= 1/0\n= 'on'"))
        #expect(session.errors.count == 3 && session.errors[0] == "error: column \"wrong\" does not exist at line 1, column 8 [42703]")
        #expect(session.errors[1].contains(".nonsense is no command"))
        #expect(session.output == ["on"])
    }

    @Test("expressions see url_for, filters and what the application gives; what is not named is not made")
    func expressions() throws {
        let session = try Session()
        #expect(!session.run("= url_for('user', name='a b') ~ ' ' ~ '<b>'|upper\n{{ one + 1 }} times\n= one is defined"))
        #expect(session.output == ["/user/a%20b <B>", "2 times", "True"])
        #expect(session.run("= broken"))
    }

    @Test("what people wrote cannot command the terminal, neither as a value nor in an error")
    func hostile() throws {
        let session = try Session()
        session.app.shellValue("hostile", "a text") { _ in "a\u{1B}[2J\nb\tc" }
        #expect(session.run("= hostile\nSELECT E'\\x1b[2J'::int;"))
        #expect(session.output == ["a\\x1b[2J\nb\tc"])
        #expect(session.errors.count == 1 && session.errors[0].contains("\\x1b[2J"))
    }

    @Test("an open transaction outlives expressions and is rolled back at the end, with a warning")
    func transaction() throws {
        let session = try Session()
        #expect(!session.run("CREATE TEMP TABLE shell_t (a int); BEGIN;\nINSERT INTO shell_t VALUES (1);\n= one\nSELECT a FROM shell_t;"))
        #expect(session.output.contains("a") && session.output.contains("1"))
        #expect(session.errors.contains { $0.hasPrefix("warning: the open transaction was rolled back") })
        let connection = try #require(session.app.database).connection
        let rows = try connection.value("SELECT count(*) FROM shell_t", as: Int.self)
        #expect(!connection.isInTransaction && rows == 0)
    }

    @Test("commands list tables, columns and routes, and quit ends the rest")
    func commands() throws {
        let session = try Session()
        let failed = session.run(
            """
            CREATE TEMP TABLE shell_d (id int PRIMARY KEY, note text DEFAULT 'x');
            .tables
            .describe shell_d
            .describe nowhere
            .routes
            .help
            .quit
            SELECT 'unreached';
            """)
        let text = session.output.joined(separator: "\n")
        #expect(failed && session.errors.contains { $0.contains("there is no table nowhere") })
        for part in ["shell_d", "integer", "'x'::text", "btree (id)", "/user/<name>", "= one", "a number from the database"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains("unreached"))
    }
}

@Suite("The article about the shell")
struct ShellArticleTests {
    @Test("its example is compiled here, line by line")
    func example() throws {
        let here = #filePath
        let top = here.split(separator: "/").dropLast(4).joined(separator: "/")
        let article = try String(contentsOfFile: "/\(top)/Sources/RoostCommands/RoostCommands.docc/TheShell.md", encoding: .utf8)
        let test = try String(contentsOfFile: here, encoding: .utf8).split(separator: "\n").map(Self.trimmed)
        let blocks = article.components(separatedBy: "```swift\n").dropFirst().compactMap { $0.components(separatedBy: "\n```").first }
        #expect(!blocks.isEmpty)
        for block in blocks {
            let lines = block.split(separator: "\n").map(Self.trimmed)
            #expect(test.indices.contains { test[$0...].starts(with: lines) }, "\(block)")
        }
    }

    private static func trimmed(_ line: Substring) -> String { line.trimmingPrefix { $0 == " " }.description }
}

@Suite("The shell as a process", .enabled(if: FlaskyProcess.database != nil))
struct ShellProcessTests {
    private func flasky(_ arguments: [String], input: String = "") throws -> FlaskyProcess.Outcome {
        try FlaskyProcess(["shell"] + arguments, input: input).outcome()
    }

    @Test("statements come through a pipe without prompts; a failed one makes the exit status 1, and the rest has run")
    func pipe() throws {
        let good = try flasky([], input: "SELECT 1 AS one;\n= url_for('main.index')\n")
        #expect(good.status == 0 && good.output.hasPrefix("one\n---\n  1\n(1 row, ") && good.output.hasSuffix("\n/\n"))
        let bad = try flasky([], input: "SELECT wrong;\nSELECT 2 AS two")
        #expect(bad.status == 1 && bad.output.hasPrefix("two\n") && bad.errors.contains("wrong"))
    }

    @Test("--command runs text and ends, and needs no semicolon")
    func command() throws {
        let done = try flasky(["-c", "SELECT 1 AS one", "--command", "= 'two'|upper"])
        #expect(done.status == 0 && done.output.contains("one") && done.output.hasSuffix("TWO\n"))
        #expect(try flasky(["-c", "SELECT wrong"]).status == 1)
    }
}
