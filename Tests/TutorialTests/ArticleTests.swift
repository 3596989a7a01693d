import Testing

@Suite("The article Flask to Roost")
struct ArticleTests {
    static let article = "Sources/Roost/Roost.docc/FlaskToRoost.md"
    private static let steps = "Tests/TutorialTests"

    /// The blocks of one language, line by line and without indentation.
    private func blocks(of languages: Set<String>, in article: String) throws -> [[Substring]] {
        var (blocks, block): ([[Substring]], [Substring]?) = ([], nil)
        for line in try Checkout.text(article).split(separator: "\n", omittingEmptySubsequences: false) {
            if let done = block {
                if line != "```" {
                    block = done + lines(String(line))
                    continue
                }
                blocks.append(done)
                block = nil
            } else if line.hasPrefix("```"), languages.contains(String(line.dropFirst(3))) {
                block = []
            }
        }
        return blocks
    }

    /// The lines that say something, without their indentation.
    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }

    @Test(
        "every example in Swift, HTML, SQL and YAML stands in a step that is compiled and run",
        arguments: [
            (article, 20), ("Sources/Roost/Roost.docc/Roost.md", 1),
        ])
    func examples(article: String, atLeast count: Int) throws {
        let files = try Checkout.sources(in: Self.steps).map { lines(try Checkout.text($0)) }
        let blocks = try blocks(of: ["swift", "html", "sql", "yaml"], in: article)
        #expect(blocks.count >= count)
        for block in blocks {
            let isThere = files.contains { file in file.indices.contains { file[$0...].starts(with: block) } }
            #expect(isThere, "in no step: \(block.joined(separator: "\n"))")
        }
    }

    @Test("links lead to articles that exist", arguments: [article, "Sources/Roost/Roost.docc/Roost.md"])
    func links(article: String) throws {
        let links = try Checkout.text(article).split(separator: "<doc:").dropFirst()
            .compactMap { $0.split(separator: ">").first }
        #expect(links.count >= 4)
        for link in links {
            #expect(throws: Never.self, "\(link)") { try Checkout.text("Sources/Roost/Roost.docc/\(link).md") }
        }
    }

    /// The code in the Roost column of the tables, cell by cell.
    private func tableCode() throws -> [Substring] {
        let rows = try Checkout.text(Self.article).split(separator: "\n").filter { $0.hasPrefix("| ") }
        return rows.flatMap { row in
            let cells = row.replacing("\\|", with: "/").split(separator: "|")
            return (cells.count == 2 ? cells[1] : "").split(separator: "`", omittingEmptySubsequences: false)
                .enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
    }

    /// Names of the reader's own program, and of Swift's.
    private static let others: Set<String> = [
        "Key", "List", "auth", "Draft", "authentication", "NoteView", "photo", "Encodable",
    ]

    @Test("every name in the Roost column exists in the sources")
    func names() throws {
        let known = try DeclaredNames(sources: Checkout.sources(in: "Sources").map(Checkout.text))
        let code = try tableCode()
        #expect(code.count > 100)
        for text in code {
            let unknown = DeclaredNames.names(in: text).filter { !known.contains($0) && !Self.others.contains($0) }
            #expect(unknown.isEmpty, "`\(text)`: \(unknown) is declared nowhere in Sources")
        }
    }

    @Test("every call in the Roost column is compiled")
    func calls() throws {
        let files = try Checkout.sources(in: Self.steps).filter { !$0.hasSuffix("/ArticleTests.swift") }
        let sources = try files.map(Checkout.text)
        let subjects = ["app.", "request.", "client.", "response.", "settings."]
        for code in try tableCode() where code.contains("(") || subjects.contains(where: { code.hasPrefix($0) }) {
            // "…" stands for what the reader writes.
            let parts = code.split(separator: "…")
            let isThere = sources.contains { source in parts.allSatisfy { source.contains($0) } }
            #expect(isThere, "`\(code)` is compiled nowhere")
        }
    }

    @Test("a name that does not exist would be noticed")
    func wrongNames() throws {
        let source = "struct Page {\n    // func lost()\n    func turn(to number: Int) { \"url_for\" }\n}"
        let known = DeclaredNames(sources: [source])
        for name in ["Page", "turn", "to:", "url_for"] { #expect(known.contains(name), "\(name)") }
        for name in ["lost", "number", "Pages", "from:"] { #expect(!known.contains(name), "\(name)") }
        #expect(DeclaredNames.names(in: #"page.turn(to: 3, "x y")"#) == ["page", "turn", "to:"])
    }
}
