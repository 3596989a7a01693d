internal import Roost
internal import Yams

/// Reads a settings file: YAML, sections nest, every value keeps the line it stands on.
struct SettingsFile {
    /// Texts and line by dotted key.
    private(set) var values: [String: Settings.Value] = [:]
    /// The same for what stands under `environments:`, by the environment's name.
    private(set) var sections: [String: [String: Settings.Value]] = [:]
    let path: String

    /// - Parameters:
    ///   - text: the file's contents.
    ///   - path: its name, for complaints.
    ///   - environments: what may stand under `environments:`.
    /// - Throws: `SettingError` with file and line for broken YAML, a duplicate key or a value that is no text.
    init(text: String, path: String, environments: [String] = []) throws {
        self.path = path
        guard let root = try Self.compose(text, path) else { return }
        guard case .mapping(let sections) = root else {
            throw SettingError("", "a settings file holds `key: value` lines", .file(path, line: 1))
        }
        try add(sections, prefix: "")
        try splitSections(environments)
    }

    /// Moves `environments.production.log.level` to the section `production`.
    private mutating func splitSections(_ environments: [String]) throws {
        let prefix = "environments."
        for (key, value) in values where key.hasPrefix(prefix) {
            let parts = key.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
            guard let name = parts.first.map(String.init), environments.contains(name), parts.count == 2 else {
                throw SettingError(key, "under `environments:` stand \(environments.joined(separator: ", "))", value.origin)
            }
            values[key] = nil
            self.sections[name, default: [:]][String(parts[1])] = value
        }
    }

    private static func compose(_ text: String, _ path: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingError("", "not valid YAML: \(firstLine(of: error))", .file(path, line: line(of: error)))
        }
    }

    private mutating func add(_ mapping: Node.Mapping, prefix: String) throws {
        for (name, node) in mapping {
            guard let name = name.scalar?.string else {
                throw SettingError(prefix, "a key must be a plain text", origin(of: name))
            }
            let key = prefix.isEmpty ? name : "\(prefix).\(name)"
            if case .mapping(let section) = node {
                try add(section, prefix: key)
            } else if let texts = try texts(of: node, key) {
                values[key] = Settings.Value(texts, from: origin(of: node))
            }
        }
    }

    /// The texts of a value; `nil` for an empty one (`key:`), which means "not set".
    private func texts(of node: Node, _ key: String) throws -> [String]? {
        switch node {
        case .scalar(let scalar):
            let isEmpty = scalar.style == .plain && (scalar.string.isEmpty || scalar.string == "null" || scalar.string == "~")
            return isEmpty ? nil : [scalar.string]
        case .sequence(let items):
            return try items.map { item in
                guard let scalar = item.scalar else { throw SettingError(key, "a list holds plain texts", origin(of: item)) }
                return scalar.string
            }
        default:
            throw SettingError(key, "must be a text or a list of texts", origin(of: node))
        }
    }

    private func origin(of node: Node) -> Settings.Origin { .file(path, line: node.mark?.line ?? 0) }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 1
        }
    }

    private static func firstLine(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let keys, _): "\(keys.joined(separator: ", ")) stands twice in one section"
        default: "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
        }
    }
}
