internal import RoostMarkup

/// Writes JSON as Python's `json.dumps(sort_keys=True)` does, safe inside `<script>` and single-quoted attributes.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private let indent: String?
    private var depth = 0

    init(indent: String?) { self.indent = indent }

    static func indentation(_ value: TemplateValue) throws -> String {
        if let text = value.stringValue { return text }
        return String(repeating: " ", count: min(max(0, value.intValue ?? 0), 100))
    }

    mutating func append(_ value: TemplateValue) throws {
        switch value {
        case .none: add("null")
        case .bool(let flag): add(flag ? "true" : "false")
        case .int(let number): add(String(number))
        case .big(let number): add(number.description)
        case .float(let number):
            add(
                number.isNaN
                    ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : pythonText(of: number))
        case .string(let text): append(text)
        case .safe(let html): append(html.text)
        case .list(let list), .tuple(let list):
            try nested("[", "]", list.items) { writer, item in try writer.append(item) }
        case .dict(let dictionary): try append(dictionary)
        case .object(let object):
            if let items = object.templateItems { return try append(.array(items)) }
            throw notSerializable(value)
        default: throw notSerializable(value)
        }
    }

    private func notSerializable(_ value: TemplateValue) -> TemplateError {
        TemplateError("Object of type \(value.typeName) is not JSON serializable")
    }

    private mutating func append(_ dictionary: TemplateDictionary) throws {
        let sorted = try dictionary.entries.sorted { try $0.key.compare($1.key) < 0 }
        try nested("{", "}", sorted) { writer, entry in
            switch entry.key {
            case .string, .safe: try writer.append(entry.key)
            case .int, .big, .bool, .none, .float:
                writer.add("\"")
                try writer.append(entry.key)
                writer.add("\"")
            default:
                throw TemplateError(
                    "keys must be str, int, float, bool or None, not \(entry.key.typeName)")
            }
            writer.add(": ")
            try writer.append(entry.value)
        }
    }

    private mutating func nested<Item>(
        _ open: String, _ close: String, _ items: [Item], _ write: (inout JSONText, Item) throws -> Void
    ) throws {
        guard depth < ValueWalk.maximumDepth else { throw TemplateError("Circular reference detected") }
        try TemplateLimits.standard.checkText(bytes.count)
        add(open)
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { add(indent == nil ? ", " : ",") }
            newline()
            try write(&self, item)
        }
        depth -= 1
        if !items.isEmpty { newline() }
        add(close)
    }

    private mutating func newline() {
        guard let indent else { return }
        add("\n" + String(repeating: indent, count: depth))
    }

    private mutating func add(_ text: String) { bytes += text.utf8 }

    private mutating func append(_ text: String) {
        bytes.append(0x22)
        for unit in text.utf16 {
            switch unit {
            case 0x22: add("\\\"")
            case 0x5C: add("\\\\")
            case 0x0A: add("\\n")
            case 0x0D: add("\\r")
            case 0x09: add("\\t")
            case 0x08: add("\\b")
            case 0x0C: add("\\f")
            case 0x3C, 0x3E, 0x26, 0x27: escape(unit)
            case 0x20..<0x7F: bytes.append(UInt8(unit))
            case 0x7F: bytes.append(0x7F)
            default: escape(unit)
            }
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        add("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    }
}
