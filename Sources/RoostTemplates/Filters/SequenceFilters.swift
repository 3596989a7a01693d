internal import RoostMarkup

extension BuiltInFilters {
    static var sequences: [String: TemplateFilter] {
        [
            "length": length,
            "count": length,
            "list": { value, _ in .array(try value.elements()) },
            "first": { value, call in
                if case .native(let native) = value, let generator = native as? GeneratorValue {
                    return generator.next() ?? call.state.undefined("No first item, sequence was empty.")
                }
                return try value.elements().first ?? call.state.undefined("No first item, sequence was empty.")
            },
            "last": { value, call in
                if case .native(let native) = value, native is GeneratorValue {
                    throw TemplateError("'generator' object is not reversible")
                }
                if case .safe = value, let last = try value.elements().last { return try last.asSafe() }
                return try value.elements().last ?? call.state.undefined("No last item, sequence was empty.")
            },
            "join": join,
            "sort": sort,
            "reverse": { value, _ in
                if let text = value.stringValue {
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: text.unicodeScalars.reversed())
                    return value.isSafe ? .safe(SafeHTML(trusted: String(view))) : .string(String(view))
                }
                let reversed = Array(try value.elements().reversed())
                if case .native(let native) = value, native is GeneratorValue { return .array(reversed) }
                return .native(GeneratorValue(reversed))
            },
            "map": map,
            "select": { try choose($0, $1, attribute: false, keeping: true) },
            "reject": { try choose($0, $1, attribute: false, keeping: false) },
            "selectattr": { try choose($0, $1, attribute: true, keeping: true) },
            "rejectattr": { try choose($0, $1, attribute: true, keeping: false) },
            "items": { value, _ in
                if value.isUndefined { return .native(GeneratorValue(try value.elements())) }
                guard case .dict(let dictionary) = value else {
                    throw TemplateError("Can only get item pairs from a mapping.")
                }
                return .native(GeneratorValue(Methods.pairs(dictionary)))
            },
            "attr": { value, call in
                guard let name = try call.argument(0, "name")?.text() else {
                    throw TemplateError("attr() needs a name")
                }
                if case .dict = value, !Methods.has(name, value) {
                    return call.state.undefined(.member(name, owner: "dict object"))
                }
                return try value.attribute(name, call.state)
            },
            "sum": sum,
        ]
    }

    private static func length(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        guard let length = value.length else { throw TemplateError("object of type '\(value.typeName)' has no len()") }
        return .int(length)
    }

    private static func join(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        var items = try value.elements()
        if let attribute = call.argument(1, "attribute") {
            let path = try AttributePath(attribute)
            items = try items.map { try path.value(in: $0, call.state) }
        }
        let separator = call.argument(0, "d") ?? .string("")
        let isSafe = call.autoescape && (separator.isSafe || items.contains { $0.isSafe })
        let text = try call.state.capturing {
            for (index, item) in items.enumerated() {
                if index > 0 { try call.state.append(separator, escape: isSafe) }
                try call.state.append(item, escape: isSafe)
                try call.state.output.check()
            }
        }
        return isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    private static func sort(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let isReversed = flag(call, 0, "reverse")
        let isCaseSensitive = flag(call, 1, "case_sensitive")
        let paths = try call.argument(2, "attribute").flatMap { $0.isNone ? nil : try AttributePath.list($0) }
        let keyed = try value.elements().map { item in
            (key: try sortKey(item, paths, isCaseSensitive, call.state), item: item)
        }
        return .array(try sorted(keyed, isReversed: isReversed))
    }

    static func sortKey(
        _ item: TemplateValue, _ paths: [AttributePath]?, _ isCaseSensitive: Bool, _ state: RenderState
    ) throws -> TemplateValue {
        func folded(_ value: TemplateValue) -> TemplateValue {
            isCaseSensitive ? value : value.caseFolded
        }
        guard let paths else { return folded(item) }
        return .array(try paths.map { folded(try $0.value(in: item, state)) })
    }

    private static func map(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let items = try elementsOfTrue(value)
        if call.positional.isEmpty, let attribute = call["attribute"] {
            if let other = call.keywords.first(where: { $0.name != "attribute" && $0.name != "default" }) {
                throw TemplateError("Unexpected keyword argument '\(other.name)'")
            }
            let path = try AttributePath(attribute)
            let fallback = call["default"].flatMap { $0.isNone ? nil : $0 }
            return .native(
                GeneratorValue(
                    try items.map { item in
                        let found = try path.value(in: item, call.state, fallback: fallback)
                        return found
                    }))
        }
        guard let name = try call[0]?.text() else { throw TemplateError("map requires a filter argument") }
        guard let filter = call.state.environment.filters[name] else {
            throw TemplateError.unknown("filter", name, among: call.state.environment.filters.keys)
        }
        var rest = call
        rest.positional.removeFirst()
        if let signature = call.state.environment.filterSignatures[name] { try rest.check(signature, name) }
        return .native(GeneratorValue(try items.map { try filter($0, rest) }))
    }

    /// As in Jinja nothing is asked for its elements that is false: `none|map('upper')` is empty.
    private static func elementsOfTrue(_ value: TemplateValue) throws -> [TemplateValue] {
        if value.isTrue || value.isUndefined { return try value.elements() }
        return []
    }

    private static func choose(
        _ value: TemplateValue, _ call: TemplateCall, attribute: Bool, keeping: Bool
    ) throws -> TemplateValue {
        var rest = call
        let path = attribute ? try rest.positional.isEmpty ? nil : AttributePath(rest.positional.removeFirst()) : nil
        if attribute, path == nil { throw TemplateError("Missing parameter for attribute name") }
        var test: TemplateTest = { value, _ in
            if case .undefined(let undefined) = value, undefined.isStrict { throw undefined.error }
            return value.isTrue
        }
        if let name = try rest.positional.first?.text() {
            guard let named = call.state.environment.tests[name] else {
                throw TemplateError.unknown("test", name, among: call.state.environment.tests.keys)
            }
            test = named
            rest.positional.removeFirst()
        }
        return .native(
            GeneratorValue(
                try elementsOfTrue(value).filter { item in
                    try test(try path?.value(in: item, call.state) ?? item, rest) == keeping
                }))
    }

    private static func sum(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let path = try optional(call, 0, "attribute").map { try AttributePath($0) }
        var total = call.argument(1, "start") ?? .int(0)
        for item in try value.elements() {
            total = try total.applying(.add, try path?.value(in: item, call.state) ?? item)
        }
        return total
    }
}

/// `a.b.0`: the members that filters with an `attribute` follow.
struct AttributePath {
    private let keys: [TemplateValue]

    init(_ value: TemplateValue) throws {
        guard let text = value.stringValue else {
            keys = [value]
            return
        }
        keys = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { part in
                let isNumber = !part.isEmpty && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                return isNumber ? Int(part).map { .int($0) } ?? .string(String(part)) : .string(String(part))
            }
    }

    static func list(_ value: TemplateValue) throws -> [AttributePath] {
        guard let text = value.stringValue else { return [try AttributePath(value)] }
        return try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try AttributePath(.string(String($0)))
        }
    }

    func value(in item: TemplateValue, _ state: RenderState, fallback: TemplateValue? = nil) throws -> TemplateValue {
        var value = item
        for key in keys {
            value = try value.item(key, state)
            if value.isUndefined, let fallback { value = fallback }
        }
        return value
    }
}
