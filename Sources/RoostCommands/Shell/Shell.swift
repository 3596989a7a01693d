internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// Runs SQL and expressions of an application, one thing after the other; an error is shown and the next thing runs.
final class Shell {
    /// Why the shell ends what it reads.
    enum Next { case goOn, quit }

    let app: App
    /// Where results go, a line each.
    let show: (String) -> Void
    /// Where errors and warnings go.
    let complain: (String) -> Void
    /// Whether anything has failed.
    private(set) var hasFailed = false
    private var reader = ShellReader()

    init(app: App, show: @escaping (String) -> Void, complain: @escaping (String) -> Void) {
        self.app = app
        // What people wrote comes out of expressions and errors, too.
        self.show = { show(ShellTable.escaped($0, keepsLines: true)) }
        let complain = { complain(ShellTable.escaped($0, keepsLines: true)) }
        self.complain = complain
        app.database?.connection.noticeHandler = complain
    }

    /// What stands before the next line: `blog> `, with a star while a transaction is open.
    var prompt: String {
        let star = app.database?.connection.isInTransaction == true ? "*" : ""
        let first = "\(app.name)\(star)> "
        return reader.isInside ? String(repeating: " ", count: max(0, first.utf8.count - 3)) + "-> " : first
    }

    /// Takes a line as it was typed.
    func take(_ line: String) -> Next {
        for item in reader.take(line) where run(item) == .quit { return .quit }
        return .goOn
    }

    /// Gives up what has been typed of a statement.
    func forgetStatement() { reader = ShellReader() }

    /// Runs what has been typed of a statement, as if a semicolon came.
    func endStatement() {
        if let item = reader.finish() { _ = run(item) }
    }

    /// Ends the input: a last statement may lack its semicolon, and an open transaction is rolled back.
    func finish() {
        endStatement()
        guard let connection = app.database?.connection, connection.isInTransaction else { return }
        report { try connection.rollBackLeftovers() }
        complain("warning: the open transaction was rolled back; COMMIT keeps what it did")
    }

    private func run(_ item: ShellItem) -> Next {
        switch item {
        case .sql(let text): report { try runSQL(text) }
        case .template(let source): report { show(try render(source)) }
        case .command("quit", _), .command("exit", _), .command("q", _): return .quit
        case .command(let name, let argument): report { try runCommand(name, argument) }
        }
        return .goOn
    }

    /// Does something; what it throws is shown and remembered for the exit status.
    private func report(_ body: () throws -> Void) {
        do { try body() } catch {
            hasFailed = true
            complain((error as? QueryError).map(Self.words) ?? "\(error)")
        }
    }

    /// An error of the database for whoever typed the statement: where in it, and not where in the shell.
    static func words(_ error: QueryError) -> String {
        let place = error.statementLocation.map { " at line \($0.line), column \($0.column)" } ?? ""
        let state = error.sqlState.map { " [\($0)]" } ?? ""
        let more = [error.detail.map { "detail: \($0)" }, error.hint.map { "hint: \($0)" }].compactMap(\.self)
        return (["error: \(error.message)\(place)\(state)"] + more).joined(separator: "\n")
    }

    // MARK: SQL

    func connection() throws -> Connection {
        guard let database = app.database else {
            throw CommandFailure("\(app.name) has no database: call app.useDatabase(settings) in makeApp()")
        }
        return database.connection
    }

    private func runSQL(_ text: String) throws {
        let connection = try connection()
        let start = Clock.monotonic()
        let result = try connection.textResult(unsafe: text)
        showResult(result, milliseconds: Double(Clock.monotonic() - start) / 1e6)
    }

    /// - Parameter milliseconds: how long it took; nil says nothing of it.
    func showResult(_ result: TextResult, milliseconds: Double? = nil) {
        let time = milliseconds.map { ", \(Int($0 * 10) / 10).\(Int($0 * 10) % 10) ms" } ?? ""
        guard !result.columns.isEmpty else { return show(result.tag + time) }
        for line in ShellTable(result).lines { show(line) }
        show("(\(result.rows.count) \(result.rows.count == 1 ? "row" : "rows")\(time))")
    }

    // MARK: Expressions

    /// Renders inside a request of its own, with the values that the application gives the shell.
    private func render(_ source: String) throws -> String {
        // The request's time is for requests, and the next statement belongs to nobody's.
        defer { app.database?.connection.timeBudget = nil }
        return try app.withRequest { request in
            var values: [String: any TemplateConvertible] = [:]
            for value in app.shellValues where Self.names(value.name, in: source) {
                values[value.name] = try value.make(request)
            }
            return try request.render(source: source, name: "<shell>", values)
        }
    }

    /// Whether a word stands in a text.
    static func names(_ word: String, in source: String) -> Bool {
        source.utf8.split { byte in
            let isLetter = (0x61...0x7A).contains(byte | 0x20)
            return !isLetter && byte != UInt8(ascii: "_") && !(0x30...0x39).contains(byte)
        }.contains { $0.elementsEqual(word.utf8) }
    }
}
