import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Hostile strings in records")
    struct HostileRecordTests {
        @Test("two hundred strings go through every way of writing, filtering and labelling unharmed")
        func everywhere() throws {
            try withBlog { (db) throws in
                try db.execute("DELETE FROM article_labels")
                try db.execute("DELETE FROM labels")
                for (index, text) in HostileStrings.all.enumerated() {
                    let name = "\(text) \(index)"
                    let label = try Label.insert(in: db) { $0.name = name }
                    #expect(label.name == name)
                    try checkFilters(label, db)
                    try checkLabels(text, db)
                    try Label.query.where { $0.name == name }.update(in: db) { $0.name = text + "!\(index)" }
                    #expect(try label.refreshed(in: db)?.name == text + "!\(index)")
                    #expect(try Label.query.where { $0.name == text + "!\(index)" }.delete(in: db) == 1)
                }
                let all = HostileStrings.all.enumerated().map { Label(name: "\($1)#\($0)") }
                #expect(try Label.inserted(all, in: db).map(\.name) == all.map(\.name))
                #expect(try Label.insert(all, onConflict: .update(on: \.name), in: db) == all.count)
            }
        }

        private func checkFilters(_ label: Label, _ db: Connection) throws {
            let name = label.name
            let conditions: [(Source<Label>) -> Condition] = [
                { $0.name == name }, { $0.name.isIn([name]) }, { $0.name.contains(name) }, { $0.name.hasPrefix(name) },
                { $0.name.hasSuffix(name) }, { $0.name.like(LikePattern.escape(name)) },
                { $0.name.ilike(LikePattern.escape(name)) }, { $0.name.between(name, and: name) },
                { !($0.name != name) }, { SQLExpression("\($0.name) = \(name)") },
                { $0.name.isIn(Label.query(as: "l").where { $0.name == name }.select(\.name)) },
            ]
            // All in one statement: the row must meet every one of them.
            let whole = Label.query.where { source in .all(conditions.map { $0(source) }) }
            #expect(try whole.all(in: db) == [label])
            #expect(try Label.query.where(\.name == name).all(in: db) == [label])
            #expect(try label.upsert(on: \.name, in: db).id == label.id)
        }

        /// A label or alias is any text of 1 to 63 bytes.
        private func checkLabels(_ text: String, _ db: Connection) throws {
            guard (1...63).contains(text.utf8.count) else { return }
            let selection = Label.query.select { ($0.name.labelled(text), $0.id) }.order(.label(text))
            #expect(try selection.all(in: db).count == 1)
            #expect(try Label.query(as: text).where { $0.id > 0 }.all(in: db).count == 1)
            #expect(try Label.query.nested(as: text).order(\.id.ascending).all(in: db).count == 1)
        }

        @Test("a NUL in a value or a name is refused, never cut off")
        func nul() throws {
            try withBlog { (db) throws in
                #expect(throws: QueryError.self) { try Label.query.where(\.name == "a\0b").all(in: db) }
                #expect(throws: QueryError.self) { try Label.query(as: "a\0b").all(in: db) }
                #expect(throws: QueryError.self) {
                    try Label.query.select { ($0.name.labelled("a\0, 1 AS b"), $0.id) }.all(in: db)
                }
            }
        }

        @Test("what a user wants to sort by is looked up among the allowed keys, or refused")
        func sorting() throws {
            let keys: SortKeys<Article> = ["newest": \.written.descending, "views": \.views.descending]
            try withBlog { (db) throws in
                #expect(try Article.query.order(by: "views", of: keys).all(in: db).map(\.id) == [3, 1, 4, 2])
                #expect(
                    try Article.query.order(by: nil, of: keys, default: "newest").all(in: db).map(\.id) == [4, 3, 2, 1])
                for text in HostileStrings.all + ["body", "written", "Views"] {
                    let error = try #require(throws: SortKeyError.self) { try Article.query.order(by: text, of: keys) }
                    #expect(error.allowed == ["newest", "views"])
                }
            }
        }
    }
}
