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

    @Test("every example in Swift, HTML, SQL and YAML stands in a step that is compiled and run", arguments: [
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

    /// The code in the Roost column of the tables, cell by cell.
    private func tableCode() throws -> [Substring] {
        let rows = try Checkout.text(Self.article).split(separator: "\n").filter { $0.hasPrefix("| ") }
        return rows.flatMap { row in
            let cells = row.replacing("\\|", with: "/").split(separator: "|")
            return (cells.count == 2 ? cells[1] : "").split(separator: "`", omittingEmptySubsequences: false)
                .enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
    }

    @Test("every name in the Roost column exists in the sources")
    func names() throws {
        let known = try DeclaredNames(sources: Checkout.sources(in: "Sources").map(Checkout.text))
        let code = try tableCode()
        #expect(code.count > 100)
        for text in code {
            let unknown = DeclaredNames.names(in: text).filter { !known.contains($0) }
            #expect(unknown.isEmpty, "`\(text)`: \(unknown) is declared nowhere in Sources")
        }
    }

    @Test("a name that does not exist would be noticed")
    func wrongNames() throws {
        let known = DeclaredNames(sources: ["struct Page {\n    // func lost()\n    func turn(to number: Int) { \"url_for\" }\n}"])
        for name in ["Page", "turn", "to:", "url_for"] { #expect(known.contains(name), "\(name)") }
        for name in ["lost", "number", "Pages", "from:"] { #expect(!known.contains(name), "\(name)") }
        #expect(DeclaredNames.names(in: #"page.turn(to: 3, "x y")"#) == ["page", "turn", "to:"])
    }
}
