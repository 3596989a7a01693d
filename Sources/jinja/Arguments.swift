import FoundationEssentials
import RoostTemplates

/// The command line.
struct Arguments {
    private(set) var template = ""
    private(set) var searchPath = "."
    private(set) var options = TemplateOptions()
    private var data: String?

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--data": data = rest.popFirst()
            case "--search-path": searchPath = rest.popFirst() ?? searchPath
            case "--no-autoescape": options.autoescape = { _ in false }
            case "--trim-blocks": options.trimBlocks = true
            case "--lstrip-blocks": options.lstripBlocks = true
            case "--strict": options.undefined = .strict
            case _ where word.hasPrefix("-") || !template.isEmpty:
                throw TemplateError("unknown argument \(word)", template: "jinja")
            default: template = word
            }
        }
    }

    /// The variables of the data file.
    func context() throws -> [String: TemplateValue] {
        guard let data else { return [:] }
        var parser = JSONReader(Array(try Data(contentsOf: URL(filePath: data))))
        return try parser.readContext()
    }
}
