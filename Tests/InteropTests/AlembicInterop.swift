import Roost
import RoostMigrations
import Testing

@Suite("Interop: Alembic and names in PostgreSQL", .comparesWithVectors)
struct AlembicInterop {
    @Test("a script begins as Alembic's do")
    func header() throws {
        for vector in try Vectors.of("alembic.offline", in: "alembic", count: 1) {
            #expect(AlembicScript.header == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("a revision is cut into its parents, its id and its version statements")
    func block() throws {
        for vector in try Vectors.of("alembic.parse_block", in: "alembic", count: 1) {
            let revision = try AlembicRevision(parsing: vector.text("sql"))
            #expect(.text(revision.id) == vector.expected["revision"], "\(vector.id)")
            #expect(revision.parents.sessionValue == vector.expected["down_revisions"], "\(vector.id)")
            #expect(revision.versionStatements.sessionValue == vector.expected["version_statements"], "\(vector.id)")
        }
    }

    @Test("a whole script is read, and one that was cut off is refused")
    func whole() throws {
        for vector in try Vectors.of("alembic.parse", in: "alembic", count: 2) {
            let sql = try vector.text("sql")
            guard vector.isValid else {
                let error = #expect(throws: AlembicError.self, "\(vector.id)") { try AlembicScript(sql) }
                #expect(error?.reason == vector.expected["reason"]?.string, "\(vector.id)")
                continue
            }
            let script = try AlembicScript(sql)
            #expect(script.revisions.map(\.id).sessionValue == vector.expected["revisions"], "\(vector.id)")
            #expect(script.transactions == vector.expected["transactions"]?.int, "\(vector.id)")
            #expect(script.heads.sessionValue == vector.expected["head"], "\(vector.id)")
        }
    }

    @Test("doubled percent signs become single ones")
    func percent() throws {
        for vector in try Vectors.of("alembic.unescape", in: "alembic", count: 1) {
            #expect(AlembicScript.unescaped(try vector.text("sql")) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("constraints without a name get the server's")
    func constraints() throws {
        let kinds: [String: ServerNames.Constraint] = [
            "primary key": .primaryKey, "foreign key": .foreignKey, "unique": .unique, "check": .check,
        ]
        for vector in try Vectors.of("pg.constraint_name", in: "pg_names", count: 10) {
            let kind = try need(kinds[try vector.text("kind")], "\(vector.id)")
            let made = ServerNames.constraint(
                kind, table: try vector.text("table"), columns: columns(of: try vector.text("definition"), kind))
            // A name that the migration gave is no business of the server's.
            let isGiven = try need(vector.input["named"]?.bool)
            #expect((made == vector.expected["ok"]?.string) != isGiven, "\(vector.id): \(made)")
        }
    }

    @Test("indexes get SQLAlchemy's name")
    func indexes() throws {
        for vector in try Vectors.of("sqlalchemy.index_name", in: "pg_names", count: 1) {
            let name = ServerNames.sqlAlchemyIndex(table: try vector.text("table"), column: try vector.text("column"))
            #expect(name == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    /// The columns of `FOREIGN KEY (a, b) REFERENCES …`, or the names in a check that no parenthesis follows.
    private func columns(of definition: String, _ kind: ServerNames.Constraint) -> [String] {
        let inner = definition.drop { $0 != "(" }.dropFirst()
        if kind == .check {
            return inner.split { !($0.isLetter || $0 == "_") }.map(String.init).filter {
                !definition.contains($0 + "(")
            }
        }
        return inner.prefix { $0 != ")" }.split { $0 == "," || $0 == " " }.map(String.init)
    }
}
