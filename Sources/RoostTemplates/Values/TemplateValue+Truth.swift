internal import RoostMarkup

extension TemplateValue {
    /// Whether `{% if value %}` takes the branch.
    public var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let flag): flag
        case .int(let number): number != 0
        case .float(let number): number != 0
        case .big: true
        case .string(let text): !text.isEmpty
        case .safe(let html): !html.text.isEmpty
        case .list(let list), .tuple(let list): !list.items.isEmpty
        case .dict(let dictionary): dictionary.count > 0
        case .function: true
        case .object(let object): object.templateTruth
        case .native(let native): native.isTrue
        }
    }

    /// The number of elements or characters, or nil when the value has no length.
    public var length: Int? {
        switch self {
        case .string(let text): text.unicodeScalars.count
        case .safe(let html): html.text.unicodeScalars.count
        case .list(let list), .tuple(let list): list.items.count
        case .dict(let dictionary): dictionary.count
        case .undefined: 0
        case .object(let object): object.templateItems?.count
        case .native(let native): native.length
        default: nil
        }
    }

    /// The elements that a loop visits.
    ///
    /// - Throws: `TemplateError` when the value is not iterable.
    public func elements() throws -> [TemplateValue] {
        switch self {
        case .list(let list), .tuple(let list): return list.items
        case .dict(let dictionary): return dictionary.keys
        case .string(let text): return text.unicodeScalars.map { .string(String(Character($0))) }
        case .safe(let html): return html.text.unicodeScalars.map { .string(String(Character($0))) }
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.error }
            return []
        case .object(let object): if let items = object.templateItems { return items }
        case .native(let native): if let items = try native.items() { return items }
        default: break
        }
        throw TemplateError("'\(typeName)' object is not iterable")
    }
}
