import FoundationEssentials
import Glibc
import RoostTemplates

/// `jinja bench TEMPLATES CONTEXTS ITERATIONS`: pages per second and compile time of every `CONTEXTS/name.json` with
/// `TEMPLATES/name.html`, as JSON.
struct Bench {
    private let templates: String
    private let contexts: String
    private let iterations: Int

    init(_ words: [String]) throws {
        guard words.count == 3, let iterations = Int(words[2]), iterations > 0 else {
            throw TemplateError("usage: jinja bench TEMPLATES CONTEXTS ITERATIONS", template: "jinja")
        }
        (templates, contexts, self.iterations) = (words[0], words[1], iterations)
    }

    func report() throws -> String {
        let pages = try FileManager.default.contentsOfDirectory(atPath: contexts)
            .filter { $0.hasSuffix(".json") }.sorted().map { String($0.dropLast(5)) }
        return "{\n" + (try pages.map { "  \"\($0)\": {\(try measure($0))}" }).joined(separator: ",\n") + "\n}\n"
    }

    private func measure(_ page: String) throws -> String {
        let environment = makeEnvironment()
        let template = try environment.template(named: page + ".html")
        var reader = JSONReader(Array(try Data(contentsOf: URL(filePath: "\(contexts)/\(page).json"))))
        let context = try reader.readContext()
        var output: [UInt8] = []
        try template.render(context, into: &output)
        let digest = SHA256.hexadecimal(output)
        let start = now()
        for _ in 0..<iterations {
            output.removeAll(keepingCapacity: true)
            try template.render(context, into: &output)
        }
        let pagesPerSecond = Double(iterations) / (now() - start)
        let compile = try (0..<10).map { _ in try compileSeconds(page) }.min() ?? 0
        return "\"pages_per_s\": \(pagesPerSecond), \"compile_ms\": \(compile * 1000), \"sha256\": \"\(digest)\""
    }

    private func makeEnvironment() -> TemplateEnvironment {
        var options = TemplateOptions()
        options.autoescape = { _ in true }
        return TemplateEnvironment(loader: FileSystemLoader(folders: [templates]), options: options)
    }

    /// From source to ready: the page and everything it extends, includes and imports.
    private func compileSeconds(_ page: String) throws -> Double {
        let environment = makeEnvironment()
        let start = now()
        var names = [page + ".html"]
        var position = 0
        while position < names.count {
            let references = try environment.template(named: names[position]).references
            for reference in references where !names.contains(reference.name) { names.append(reference.name) }
            position += 1
        }
        return now() - start
    }

    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
