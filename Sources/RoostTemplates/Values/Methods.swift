internal import RoostMarkup

/// The methods of Python's built-in types that templates call.
enum Methods {
    static let ofDictionaries: Set<String> = ["keys", "values", "items", "get"]
    static let ofStrings: Set<String> = [
        "upper", "lower", "strip", "split", "startswith", "endswith", "replace", "join", "title", "capitalize",
    ]
    static let ofLists: Set<String> = ["append", "index", "count"]
    static let all = ofDictionaries.union(ofStrings).union(ofLists)

    static func has(_ name: String, _ value: TemplateValue) -> Bool {
        switch value {
        case .dict: ofDictionaries.contains(name)
        case .string, .safe: ofStrings.contains(name)
        case .list: ofLists.contains(name)
        default: false
        }
    }

    static func call(_ name: String, _ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        switch value {
        case .dict(let dictionary): try self.dictionary(name, dictionary, call)
        case .list(let list): try self.list(name, list, call)
        default: try text(name, value, call)
        }
    }

    static func pairs(_ dictionary: TemplateDictionary) -> [TemplateValue] {
        dictionary.entries.map { .tuple(of: $0.key, $0.value) }
    }

    private static func dictionary(
        _ name: String, _ dictionary: TemplateDictionary, _ call: TemplateCall
    ) throws -> TemplateValue {
        switch name {
        case "keys": return .native(DictionaryView("dict_keys", dictionary.keys))
        case "values": return .native(DictionaryView("dict_values", dictionary.values))
        case "items": return .native(DictionaryView("dict_items", pairs(dictionary)))
        default:
            guard let key = call[0] else { throw TemplateError("get expected at least 1 argument, got 0") }
            return try dictionary.value(for: key) ?? call[1] ?? TemplateValue.none
        }
    }

    private static func list(_ name: String, _ list: TemplateList, _ call: TemplateCall) throws -> TemplateValue {
        guard let argument = call[0] else { throw TemplateError("list.\(name)() takes exactly one argument (0 given)") }
        switch name {
        case "append":
            list.items.append(argument)
            return TemplateValue.none
        case "count": return .int(list.items.count { $0.isEqual(to: argument) })
        default:
            guard let index = list.items.firstIndex(where: { $0.isEqual(to: argument) }) else {
                throw TemplateError("\(try argument.repr()) is not in list")
            }
            return .int(index)
        }
    }

    private static func text(_ name: String, _ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let text = value.stringValue ?? ""
        func alike(_ text: String) -> TemplateValue { value.isSafe ? .safe(SafeHTML(trusted: text)) : .string(text) }
        switch name {
        case "startswith": return .bool(try affixes(call).contains { tail(text, call).hasBytePrefix($0) })
        case "endswith": return .bool(try affixes(call).contains { text.hasByteSuffix($0) })
        case "strip": return alike(BuiltInFilters.trimmed(text, try call[0]?.text()))
        case "split": return .array(try split(text, call).map(alike))
        case "join":
            var reordered = call
            reordered.positional = [value]
            guard let items = call[0], let join = BuiltInFilters.sequences["join"] else {
                throw TemplateError("str.join() takes exactly one argument (0 given)")
            }
            return try join(items, reordered)
        default:
            guard let filter = BuiltInFilters.text[name] else { return TemplateValue.none }
            return try filter(value, call)
        }
    }

    /// The text from the character that the second argument names.
    private static func tail(_ text: String, _ call: TemplateCall) -> String {
        call[1]?.intValue.map { String(text.unicodeScalars.dropFirst($0)) } ?? text
    }

    private static func affixes(_ call: TemplateCall) throws -> [String] {
        guard let argument = call[0] else { throw TemplateError("expected at least 1 argument, got 0") }
        if case .tuple(let list) = argument { return try list.items.map { try $0.text() } }
        return [try argument.text()]
    }

    private static func split(_ text: String, _ call: TemplateCall) throws -> [String] {
        guard let separator = call.argument(0, "sep"), !separator.isNone else {
            return text.unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String($0) }
        }
        let mark = try separator.text()
        guard !mark.isEmpty else { throw TemplateError("empty separator") }
        var parts: [String] = []
        var position = 0
        var left = try BuiltInFilters.int(call, 1, "maxsplit", -1)
        while left != 0, let range = text.firstByteRange(of: mark, from: position) {
            parts.append(text.bytes(position..<range.lowerBound))
            position = range.upperBound
            left -= 1
        }
        return parts + [text.bytes(position..<text.utf8.count)]
    }
}

extension String {
    func hasBytePrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
    func hasByteSuffix(_ suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }
}
