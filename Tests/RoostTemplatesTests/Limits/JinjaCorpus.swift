import FoundationEssentials

/// The cases of Tests/Jinja.
enum JinjaCorpus {
    private struct Case: Decodable {
        let templates: [String: String]
    }

    /// The sources of all templates, sorted.
    static func sources() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Jinja/cases")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        return try files.flatMap { file in
            try JSONDecoder().decode([Case].self, from: Data(contentsOf: folder.appending(path: file)))
                .flatMap(\.templates.values)
        }.sorted()
    }
}
