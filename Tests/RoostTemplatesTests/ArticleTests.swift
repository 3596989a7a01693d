import FoundationEssentials
import RoostTemplates
import Testing

/// The examples of the article for template authors do what the article says.
@Suite("The article \"Templates\"")
struct ArticleTests {
    private struct Fence {
        let language: String
        let text: String
    }

    private struct Example {
        var templates: [String: String] = [:]
        var output = ""
    }

    private static func fences() throws -> [Fence] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/RoostTemplates/RoostTemplates.docc/Templates.md")
        let lines = String(decoding: try Data(contentsOf: path), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        var fences: [Fence] = []
        var open: (language: String, lines: [Substring])?
        for line in lines {
            if line.hasPrefix("```") {
                if let fence = open {
                    fences.append(Fence(language: fence.language, text: fence.lines.joined(separator: "\n")))
                }
                open = open == nil ? (String(line.dropFirst(3)), []) : nil
            } else {
                open?.lines.append(line)
            }
        }
        #expect(open == nil, "a fence is not closed")
        return fences
    }

    /// One or more templates and the output behind them.
    private static func examples(_ fences: [Fence]) -> [Example] {
        var examples: [Example] = []
        var current = Example()
        for fence in fences {
            switch fence.language {
            case "jinja": add(fence.text, to: &current)
            case "output":
                current.output = fence.text
                examples.append(current)
                current = Example()
            default: break
            }
        }
        #expect(current.templates.isEmpty, "the last example has no output")
        return examples
    }

    private static func add(_ text: String, to example: inout Example) {
        guard text.hasPrefix("{# "), let end = text.firstIndex(of: "\n"), text[..<end].hasSuffix(" #}") else {
            example.templates["main.html"] = text
            return
        }
        example.templates[String(text[..<end].dropFirst(3).dropLast(3))] = String(text[text.index(after: end)...])
    }

    private enum JSON: Decodable {
        case value(TemplateValue)

        init(from decoder: any Decoder) throws {
            if let object = try? [String: JSON](from: decoder) {
                self = .value(object.mapValues(\.value).templateValue)
            } else if let list = try? [JSON](from: decoder) {
                self = .value(.array(list.map(\.value)))
            } else if let number = try? Int(from: decoder) {
                self = .value(.int(number))
            } else if let number = try? Double(from: decoder) {
                self = .value(.float(number))
            } else {
                self = .value(.string(try String(from: decoder)))
            }
        }

        var value: TemplateValue {
            switch self {
            case .value(let value): value
            }
        }
    }

    @Test("every example renders to the output that stands behind it")
    func examples() throws {
        let fences = try Self.fences()
        let json = try #require(fences.first { $0.language == "json" })
        let context = try JSONDecoder().decode([String: JSON].self, from: Data(json.text.utf8)).mapValues(\.value)
        let examples = Self.examples(fences)
        #expect(examples.count > 10)
        for example in examples {
            let environment = TemplateEnvironment(loader: DictionaryLoader(example.templates))
            register(environment)
            try environment.compileAll()
            let output = try environment.template(named: "main.html").render(context)
            #expect(trimmed(output) == trimmed(example.output))
        }
    }

    /// The functions that the article shows.
    private func register(_ environment: TemplateEnvironment) {
        environment.addFilter("initials") { (name: String) in
            name.split(separator: " ").compactMap(\.first).map { String($0) }.joined()
        }
        environment.addFunction("plural", "count", "word") { (count: Int, word: String) in
            "\(count) \(word)\(count == 1 ? "" : "s")"
        }
    }

    @Test("the Swift code of the article is the code that these tests compile")
    func swiftCode() throws {
        let own = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
        for fence in try Self.fences() where fence.language == "swift" {
            for line in fence.text.split(separator: "\n") { #expect(own.contains(line), "\(line)") }
        }
    }

    /// Line ends at the end do not show in an article.
    private func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
