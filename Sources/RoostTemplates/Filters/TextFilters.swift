internal import RoostMarkup

extension BuiltInFilters {
    static var text: [String: TemplateFilter] {
        [
            "safe": { value, _ in value.isSafe ? value : .safe(SafeHTML(trusted: try value.text())) },
            "e": { value, _ in try escaped(value) },
            "escape": { value, _ in try escaped(value) },
            "forceescape": { value, _ in .safe(.escaping(try value.text())) },
            "string": { value, _ in value.stringValue == nil ? .string(try value.text()) : value },
            "upper": { value, call in
                return try mapped(value) { $0.uppercased() }
            },
            "lower": { value, call in
                return try mapped(value) { $0.pythonLowercased }
            },
            "capitalize": { value, _ in try mapped(value, capitalized) },
            "title": { value, _ in .string(titled(try value.text())) },
            "trim": { value, call in
                let characters = try optional(call, 0, "chars")?.text()
                return try mapped(value) { trimmed($0, characters) }
            },
            "replace": replace,
            "truncate": truncate,
            "format": { value, call in
                guard call.positional.isEmpty || call.keywords.isEmpty else {
                    throw TemplateError("can't handle positional and keyword arguments at the same time")
                }
                let keywords = TemplateDictionary()
                for (name, value) in call.keywords { keywords[name] = value }
                let values: TemplateValue =
                    call.keywords.isEmpty ? .tuple(TemplateList(call.positional)) : .dict(keywords)
                return try percentFormat(try value.text(), isSafe: value.isSafe, values: values)
            },
            "default": orDefault,
            "d": orDefault,
            "wordcount": { value, _ in
                .int(try value.text().unicodeScalars.split { !$0.isWordScalar }.count)
            },
        ]
    }

    /// A filter on text keeps what is safe safe.
    static func mapped(_ value: TemplateValue, _ change: (String) throws -> String) throws -> TemplateValue {
        let text = try change(try value.text())
        return value.isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    private static func escaped(_ value: TemplateValue) throws -> TemplateValue {
        switch value {
        case .safe: value
        case .object(let object): .safe(object.templateHTML ?? .escaping(object.templateText))
        default: .safe(.escaping(try value.text()))
        }
    }

    static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        return first.properties.titlecaseMapping + loweredRest(text)
    }

    /// All but the first code point in small letters; the first still counts as what stands before a sigma.
    private static func loweredRest(_ text: String) -> String {
        guard text.unicodeScalars.contains("Σ") else { return String(text.unicodeScalars.dropFirst()).lowercased() }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.dropFirst().map { String.lowered(scalars, $0) }.joined()
    }

    /// A word starts at the beginning and after whitespace or one of `-({[<`.
    private static func titled(_ text: String) -> String {
        var result = ""
        var startsWord = true
        for scalar in text.unicodeScalars {
            result += startsWord ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
            startsWord = scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar)
        }
        return result
    }

    /// The text without whitespace, or without any of `characters`, at its ends.
    static func trimmed(
        _ text: String, _ characters: String?, atStart: Bool = true, atEnd: Bool = true
    ) -> String {
        let set = characters.map { Set($0.unicodeScalars) }
        func goes(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? scalar.isPythonSpace }
        var view = text.unicodeScalars[...]
        while atStart, let first = view.first, goes(first) { view.removeFirst() }
        while atEnd, let last = view.last, goes(last) { view.removeLast() }
        return String(view)
    }

    private static func replace(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        guard let old = call.argument(0, "old"), let new = call.argument(1, "new") else {
            throw TemplateError("replace() needs the arguments 'old' and 'new'")
        }
        let limit = try call.argument(2, "count").flatMap { $0.isNone ? nil : try int(call, 2, "count", -1) } ?? -1
        guard call.autoescape, value.isSafe || old.isSafe || new.isSafe else {
            return .string(
                try value.text().replacing(try old.text(), with: try new.text(), limit: limit, call.state.limits))
        }
        func escape(_ part: TemplateValue) throws -> String {
            part.isSafe ? try part.text() : HTMLEscape.escaped(try part.text())
        }
        let text = value.isSafe || old.isSafe || new.isSafe ? try escape(value) : try value.text()
        let search = value.isSafe ? try escape(old) : try old.text()
        return .safe(
            SafeHTML(trusted: try text.replacing(search, with: try escape(new), limit: limit, call.state.limits)))
    }

    private static func truncate(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let length = try int(call, 0, "length", 255)
        let killWords = flag(call, 1, "killwords")
        let end = try text(call, 2, "end", "...")
        let leeway = try optional(call, 3, "leeway") == nil ? 5 : int(call, 3, "leeway", 5)
        guard length >= end.unicodeScalars.count, leeway >= 0 else {
            throw TemplateError("expected length >= \(end.unicodeScalars.count) and leeway >= 0")
        }
        if value.stringValue == nil {
            guard let count = value.length else {
                throw TemplateError("object of type '\(value.typeName)' has no len()")
            }
            guard count > length + leeway else { return value }
            throw TemplateError("can only truncate text, not '\(value.typeName)'")
        }
        return try mapped(value) { text in
            if text.utf8.count <= length + leeway { return text }
            guard text.byteOffset(ofScalar: length + leeway + 1) != nil else { return text }
            var kept = text.byteOffset(ofScalar: max(0, length - end.unicodeScalars.count)) ?? 0
            if !killWords, let space = text.withBytes({ $0[..<kept].lastIndex(of: 0x20) }) { kept = space }
            return text.bytes(0..<kept) + end
        }
    }

    private static func orDefault(_ value: TemplateValue, _ call: TemplateCall) -> TemplateValue {
        let applies = value.isUndefined || (flag(call, 1, "boolean") && !value.isTrue)
        return applies ? call.argument(0, "default_value") ?? .string("") : value
    }
}
