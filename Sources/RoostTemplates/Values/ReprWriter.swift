/// Writes containers as Python's `repr` does: a list inside itself is `[...]`.
struct ReprWriter {
    private(set) var text = ""
    private let limits: TemplateLimits
    /// Whether the keys of dictionaries are sorted, as `pprint` prints them.
    private let sortsKeys: Bool
    private var walk = ValueWalk()
    private var open: [ObjectIdentifier] = []

    init(limits: TemplateLimits, sortsKeys: Bool = false) {
        self.limits = limits
        self.sortsKeys = sortsKeys
    }

    mutating func write(_ value: TemplateValue) throws {
        switch value {
        case .list(let list): try inside(list, "[...]", list.items.count) { try $0.write(list.items, "[", "]") }
        case .tuple(let list):
            try inside(list, "(...)", list.items.count) {
                try $0.write(list.items, "(", list.items.count == 1 ? ",)" : ")")
            }
        case .dict(let dictionary):
            try inside(dictionary, "{...}", dictionary.count) { try $0.write(dictionary) }
        default: text += try value.plainRepr()
        }
        try limits.checkText(text.utf8.count)
    }

    private mutating func inside(
        _ object: AnyObject, _ again: String, _ count: Int, _ body: (inout ReprWriter) throws -> Void
    ) throws {
        let identity = ObjectIdentifier(object)
        guard !open.contains(identity) else {
            text += again
            return
        }
        open.append(identity)
        try walk.enter(count)
        try body(&self)
        walk.leave()
        open.removeLast()
    }

    private mutating func write(_ items: [TemplateValue], _ opening: String, _ closing: String) throws {
        text += opening
        for (index, item) in items.enumerated() {
            if index > 0 { text += ", " }
            try write(item)
        }
        text += closing
    }

    private mutating func write(_ dictionary: TemplateDictionary) throws {
        text += "{"
        for (index, entry) in (sortsKeys ? dictionary.sortedEntries : dictionary.entries).enumerated() {
            if index > 0 { text += ", " }
            try write(entry.key)
            text += ": "
            try write(entry.value)
        }
        text += "}"
    }
}

extension TemplateDictionary {
    /// The pairs by key; keys that Python cannot compare are ordered by the name of their type.
    var sortedEntries: [Entry] {
        entries.sorted { left, right in
            if let order = try? left.key.compare(right.key) { return order < 0 }
            return left.key.typeName < right.key.typeName
        }
    }
}
