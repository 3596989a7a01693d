/// The transaction round everything that ``Connection/withSandbox(serialized:file:line:function:_:)`` runs, and what
/// the program's own transactions become inside it.
///
/// Two savepoints do it. One lies before each statement that the program sends outside a transaction, so that an error
/// undoes that statement alone. The other stands for the program's BEGIN; it is released for COMMIT.
struct Sandbox {
    /// The connection, and all that was done on it, is gone.
    var isLost = false
    /// The program has a transaction open.
    var isTransactionOpen = false

    static let statement = "roost_sandbox"
    static let transaction = "roost_0"
    /// Tests of one database that take turns agree on this number: "roost" in ASCII.
    static let turn = 0x72_6F6F_7374

    static let next = "RELEASE SAVEPOINT \(statement); SAVEPOINT \(statement)"
    static let undo = "ROLLBACK TO SAVEPOINT \(statement)"
    /// The server forgets to undo SET CONSTRAINTS of a savepoint that lay inside and was released.
    static let rollBack = """
        ROLLBACK TO SAVEPOINT \(transaction); RELEASE SAVEPOINT \(transaction); SET CONSTRAINTS ALL IMMEDIATE
        """
    /// A transaction checks its deferred constraints when it is committed, a savepoint does not.
    static let commit = "SET CONSTRAINTS ALL IMMEDIATE; RELEASE SAVEPOINT \(transaction)"

    static func begin(_ begin: TransactionBegin) -> String {
        // All that happens on this connection is one transaction of the server: its isolation level is settled.
        "SAVEPOINT \(transaction)" + (begin.readOnly ? "; SET TRANSACTION READ ONLY" : "") + "; \(deferConstraints)"
    }

    /// Outside transactions every constraint is checked at once; a new one begins with those deferred that say so.
    /// A constraint that somebody drops meanwhile need not be.
    private static let deferConstraints = """
        DO $$DECLARE name text; BEGIN
            FOR name IN SELECT DISTINCT format('%I.%I', nspname, conname)
                FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
                WHERE condeferred
            LOOP
                BEGIN EXECUTE 'SET CONSTRAINTS ' || name || ' DEFERRED';
                EXCEPTION WHEN undefined_object OR invalid_schema_name THEN NULL;
                END;
            END LOOP;
        END$$
        """

    /// The SQLSTATE of what cannot run inside a transaction: CREATE INDEX CONCURRENTLY, VACUUM, CREATE DATABASE.
    static let insideTransaction = "25001"

    static func explained(_ error: QueryError) -> QueryError {
        var error = error
        error.message += "; here everything runs inside one that is rolled back: use a database of its own for this"
        return error
    }

    /// Why a text may not be sent: one of its statements would end the transaction round it.
    static func refusal(of text: String) -> String? {
        var lexer = SQLLexer(text)
        var isFirst = true
        while let token = lexer.nextSignificant() {
            if isFirst, let word = ending(token, lexer) {
                return "\(word) would end the transaction that undoes everything here: use transaction { }"
            }
            // Statements inside the body of a function are none of ours.
            if lexer.isWord(token, "atomic") { return nil }
            isFirst = lexer.text(of: token) == ";"
        }
        return nil
    }

    /// The word that begins or ends a transaction, nil when the statement is another.
    private static func ending(_ token: SQLToken, _ lexer: SQLLexer) -> String? {
        let words: [StaticString] = ["begin", "start", "commit", "end", "abort", "rollback", "prepare"]
        guard let word = words.first(where: { lexer.isWord(token, $0) }) else { return nil }
        // ROLLBACK TO SAVEPOINT stays inside, and PREPARE is about statements unless TRANSACTION follows.
        var rest = lexer
        let next = rest.nextSignificant()
        func isNext(_ word: StaticString) -> Bool { next.map { rest.isWord($0, word) } ?? false }
        switch "\(word)" {
        case "rollback":
            if isNext("work") || isNext("transaction") {
                return rest.nextSignificant().map { rest.isWord($0, "to") } ?? false ? nil : "ROLLBACK"
            }
            return isNext("to") ? nil : "ROLLBACK"
        case "prepare": return isNext("transaction") ? "PREPARE TRANSACTION" : nil
        default: return "\(word)".uppercased()
        }
    }
}
