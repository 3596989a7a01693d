/// The methods of Python's built-in types that templates call.
enum Methods {
    static let ofDictionaries: Set<String> = [
        "keys", "values", "items", "get", "copy", "fromkeys", "pop", "popitem", "setdefault", "update", "clear",
    ]
    static let ofStrings: Set<String> = [
        "capitalize", "casefold", "center", "count", "endswith", "expandtabs", "find", "format", "format_map", "index",
        "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric",
        "encode", "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition",
        "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
        "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
    ]
    static let ofMarkup: Set<String> = ["unescape", "striptags"]
    static let ofLists: Set<String> = [
        "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort",
    ]
    static let ofTuples: Set<String> = ["count", "index"]
    static let ofNumbers: Set<String> = ["is_integer", "bit_length", "bit_count", "conjugate", "as_integer_ratio"]
    static let all = [ofDictionaries, ofStrings, ofMarkup, ofLists, ofNumbers].reduce(Set<String>()) { $0.union($1) }

    static func has(_ name: String, _ value: TemplateValue) -> Bool {
        switch value {
        case .dict: ofDictionaries.contains(name)
        case .string: ofStrings.contains(name)
        case .safe: ofStrings.contains(name) || ofMarkup.contains(name)
        case .list: ofLists.contains(name)
        case .tuple: ofTuples.contains(name)
        case .int, .big, .bool, .float: ofNumbers.contains(name)
        default: false
        }
    }

    static func call(_ name: String, _ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        switch value {
        case .dict(let dictionary): try self.dictionary(name, dictionary, call)
        case .list(let list): try self.list(name, list, call)
        case .tuple(let list): try search(name, list, call)
        case .int, .big, .bool, .float: try number(name, value)
        default: try TextMethods(value, name, call).result()
        }
    }

    static func pairs(_ dictionary: TemplateDictionary) -> [TemplateValue] {
        dictionary.entries.map { .tuple(of: $0.key, $0.value) }
    }

    static func required(_ call: TemplateCall, _ index: Int, _ name: String) throws -> TemplateValue {
        guard let argument = call[index] else {
            throw TemplateError("\(name)() takes at least \(index + 1) argument(s) (\(call.positional.count) given)")
        }
        return argument
    }

    // MARK: Dictionaries

    private static func dictionary(
        _ name: String, _ dictionary: TemplateDictionary, _ call: TemplateCall
    ) throws -> TemplateValue {
        switch name {
        case "keys": return .native(DictionaryView("dict_keys", dictionary.keys))
        case "values": return .native(DictionaryView("dict_values", dictionary.values))
        case "items": return .native(DictionaryView("dict_items", pairs(dictionary)))
        case "get": return try dictionary.value(for: try required(call, 0, name)) ?? call[1] ?? TemplateValue.none
        case "copy": return .dict(try copy(of: dictionary))
        case "fromkeys":
            let result = TemplateDictionary()
            for key in try required(call, 0, name).elements() { try result.set(call[1] ?? .none, for: key) }
            return .dict(result)
        case "setdefault":
            let key = try required(call, 0, name)
            if let value = try dictionary.value(for: key) { return value }
            try dictionary.set(call[1] ?? .none, for: key)
            return call[1] ?? TemplateValue.none
        default: return try change(name, dictionary, call)
        }
    }

    private static func change(
        _ name: String, _ dictionary: TemplateDictionary, _ call: TemplateCall
    ) throws -> TemplateValue {
        switch name {
        case "pop":
            let key = try required(call, 0, name)
            guard let value = try dictionary.remove(key) ?? call[1] else { throw TemplateError(try key.repr()) }
            return value
        case "popitem":
            guard let last = dictionary.entries.last else { throw TemplateError("popitem(): dictionary is empty") }
            try dictionary.remove(last.key)
            return .tuple(of: last.key, last.value)
        case "clear": dictionary.removeAll()
        default:
            for entry in try BuiltInGlobals.dictionary(call).entries { try dictionary.set(entry.value, for: entry.key) }
        }
        return .none
    }

    static func copy(of dictionary: TemplateDictionary) throws -> TemplateDictionary {
        let result = TemplateDictionary()
        for entry in dictionary.entries { try result.set(entry.value, for: entry.key) }
        return result
    }

    // MARK: Lists

    private static func list(_ name: String, _ list: TemplateList, _ call: TemplateCall) throws -> TemplateValue {
        switch name {
        case "append":
            try call.state.limits.checkElements(list.items.count + 1)
            list.items.append(try required(call, 0, name))
        case "extend":
            let elements = try required(call, 0, name).elements()
            try call.state.limits.checkElements(list.items.count + elements.count)
            try call.state.spend(on: .list(list))
            list.items += elements
        case "clear": list.items = []
        case "copy": return .array(list.items)
        case "reverse": list.items.reverse()
        case "sort":
            guard call.positional.isEmpty else { throw TemplateError("sort() takes no positional arguments") }
            if let key = call["key"], !key.isNone { throw TemplateError("'\(key.typeName)' object is not callable") }
            let isReversed = call["reverse"]?.isTrue ?? false
            list.items = try BuiltInFilters.sorted(list.items.map { ($0, $0) }, isReversed: isReversed)
        case "insert":
            let place = try position(try required(call, 0, name))
            let index = min(max(0, place < 0 ? place + list.items.count : place), list.items.count)
            list.items.insert(try required(call, 1, name), at: index)
        case "pop":
            let place = try call[0].map(position) ?? -1
            let index = place < 0 ? place + list.items.count : place
            guard list.items.indices.contains(index) else {
                throw TemplateError(list.items.isEmpty ? "pop from empty list" : "pop index out of range")
            }
            return list.items.remove(at: index)
        case "remove":
            let element = try required(call, 0, name)
            guard let index = try list.items.firstIndex(where: { try $0.isEqual(to: element) }) else {
                throw TemplateError("list.remove(x): x not in list")
            }
            list.items.remove(at: index)
        default: return try search(name, list, call)
        }
        return .none
    }

    private static func position(_ value: TemplateValue) throws -> Int {
        if let position = value.positionValue ?? value.bigPosition { return position }
        throw TemplateError("'\(value.typeName)' object cannot be interpreted as an integer")
    }

    private static func search(_ name: String, _ list: TemplateList, _ call: TemplateCall) throws -> TemplateValue {
        let element = try required(call, 0, name)
        if name == "count" { return .int(try list.items.count { try $0.isEqual(to: element) }) }
        func bound(_ index: Int, _ fallback: Int) throws -> Int {
            guard let position = try call[index].map(position) else { return fallback }
            return min(position < 0 ? position + list.items.count : position, list.items.count)
        }
        let start = try bound(1, 0)
        let end = try bound(2, list.items.count)
        for index in max(0, start)..<max(max(0, start), end) where try list.items[index].isEqual(to: element) {
            return .int(index)
        }
        throw TemplateError("\(try element.repr()) is not in list")
    }

    // MARK: Numbers

    private static func number(_ name: String, _ value: TemplateValue) throws -> TemplateValue {
        if case .float(let number) = value {
            switch name {
            case "is_integer": return .bool(number.isFinite && number == number.rounded())
            case "conjugate": return value
            default: throw TemplateError("'float' object has no attribute '\(name)'")
            }
        }
        guard let number = value.bigValue else { return value }
        switch name {
        case "is_integer": throw TemplateError("'int object' has no attribute 'is_integer'", kind: .undefined)
        case "bit_length":
            return .int(number.words.last.map { number.words.count * 32 - $0.leadingZeroBitCount } ?? 0)
        case "bit_count": return .int(number.words.reduce(0) { $0 + $1.nonzeroBitCount })
        case "as_integer_ratio": return .tuple(of: try TemplateValue(number), .int(1))
        default: return try TemplateValue(number)
        }
    }
}

extension String {
    func hasBytePrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
    func hasByteSuffix(_ suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }
}
