/// What `flask db upgrade --sql` prints, cut into its revisions: the way from Alembic's migrations to SQL files.
public struct AlembicScript: Sendable {
    /// What the script begins with when it starts from an empty database.
    public static let header = """
        BEGIN;

        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,\u{20}
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        );


        """

    /// The revisions in the order in which they run.
    public let revisions: [AlembicRevision]
    /// How many transactions the script opens.
    public let transactions: Int

    /// Revisions that no other builds on.
    public var heads: [String] {
        let parents = Set(revisions.flatMap(\.parents))
        return revisions.map(\.id).filter { !parents.contains($0) }
    }

    /// Reads a whole script.
    /// - Throws: `AlembicError` when it was cut off: then Alembic failed, and its log says why.
    public init(_ sql: String) throws {
        let statements = try StatementSplitter.split(sql)
        let marks = Self.marks(in: sql, outside: statements)
        var revisions: [AlembicRevision] = []
        for (index, mark) in marks.enumerated() {
            let end = index + 1 < marks.count ? marks[index + 1].line : Int.max
            let own = statements.filter { $0.line > mark.line && $0.line < end && !Self.isBoundary($0.text) }
            revisions.append(try AlembicRevision(mark.text, statements: own, line: mark.line))
        }
        self.revisions = revisions
        transactions = statements.count { Self.word($0.text) == "BEGIN" }
        try check(commits: statements.count { Self.word($0.text) == "COMMIT" })
    }

    /// Takes the doubling of `%` back that psycopg2's offline mode writes into statements.
    public static func unescaped(_ sql: String) -> String {
        var bytes: [UInt8] = []
        var isSecond = false
        for byte in sql.utf8 {
            let isPercent = byte == UInt8(ascii: "%")
            if isPercent, isSecond {
                isSecond = false
                continue
            }
            isSecond = isPercent
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func check(commits: Int) throws(AlembicError) {
        let unfinished = revisions.last.map { $0.versionStatements.isEmpty } ?? false
        guard commits < transactions || unfinished else { return }
        var reasons: [String] = []
        if commits < transactions { reasons.append("no COMMIT") }
        if unfinished { reasons.append("the last revision has no alembic_version statement") }
        throw AlembicError(reason: reasons.joined(separator: " and ") + ": the generator aborted")
    }

    /// The comment lines that begin revisions; those inside a statement's text are text.
    private static func marks(in sql: String, outside statements: [SplitStatement]) -> [(line: Int, text: String)] {
        let lines = sql.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let spans = statements.map { $0.line..<$0.line + $0.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1 }
        return lines.enumerated().compactMap { index, line in
            guard line.starts(with: "-- Running ".utf8), !spans.contains(where: { $0.contains(index + 1) }) else {
                return nil
            }
            return (index + 1, String(decoding: line, as: UTF8.self))
        }
    }

    private static func isBoundary(_ statement: String) -> Bool { ["BEGIN", "COMMIT"].contains(word(statement)) }

    private static func word(_ statement: String) -> String {
        String(decoding: statement.utf8.prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") }, as: UTF8.self).uppercased()
    }
}

/// One revision of an Alembic script.
public struct AlembicRevision: Sendable {
    /// Usually twelve hexadecimal digits.
    public let id: String
    /// What it builds on: none for the first, several for a merge.
    public let parents: [String]
    /// What it does, without the statements about `alembic_version`.
    public let statements: [SplitStatement]
    /// What it tells Alembic about itself; run these too while both programs use the database.
    public let versionStatements: [String]

    /// Reads one revision with its comment line.
    /// - Throws: `AlembicError` when the text does not begin with that line.
    public init(parsing sql: String) throws {
        let line = sql.utf8.prefix { $0 != UInt8(ascii: "\n") }
        try self.init(String(decoding: line, as: UTF8.self), statements: StatementSplitter.split(sql), line: 1)
    }

    init(_ mark: String, statements: [SplitStatement], line: Int) throws(AlembicError) {
        let words = mark.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard let arrow = words.firstIndex(of: "->"), arrow >= 3, words[2] == "upgrade", words.count > arrow + 1 else {
            throw AlembicError(reason: "line \(line) is not \"-- Running upgrade A -> B\": \(mark.debugDescription)")
        }
        id = words[arrow + 1]
        parents = words[3..<arrow].map { $0.hasSuffix(",") ? String($0.dropLast()) : $0 }
        self.statements = statements.filter { !Self.isAboutVersion($0.text) }
        versionStatements = statements.map(\.text).filter(Self.isAboutVersion)
    }

    private static func isAboutVersion(_ statement: String) -> Bool {
        ["INSERT INTO alembic_version ", "UPDATE alembic_version ", "DELETE FROM alembic_version "]
            .contains { statement.utf8.starts(with: $0.utf8) }
    }
}

/// Why a script of Alembic cannot be used.
public struct AlembicError: Error, Equatable, CustomStringConvertible {
    public let reason: String
    public var description: String { "the Alembic script cannot be used: \(reason)" }
}
