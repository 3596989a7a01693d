/// Jinja's tests by name.
enum BuiltInTests {
    static var all: [String: TemplateTest] {
        types.merging(comparisons) { first, _ in first }
    }

    private static var types: [String: TemplateTest] {
        [
            "defined": { value, _ in !value.isUndefined },
            "undefined": { value, _ in value.isUndefined },
            "none": { value, _ in value.isNone },
            "boolean": { value, _ in if case .bool = value { true } else { false } },
            "true": { value, _ in if case .bool(true) = value { true } else { false } },
            "false": { value, _ in if case .bool(false) = value { true } else { false } },
            "integer": { value, _ in if case .bool = value { false } else { value.isInteger } },
            "float": { value, _ in if case .float = value { true } else { false } },
            "number": { value, _ in value.doubleValue != nil },
            "string": { value, _ in value.stringValue != nil },
            "mapping": { value, _ in if case .dict = value { true } else { false } },
            "iterable": { value, _ in (try? value.elements()) != nil },
            "sequence": { value, _ in
                if case .native(let native) = value { return native is RangeValue || native is BytesValue }
                return value.length != nil
            },
            "callable": { value, _ in
                switch value {
                case .function, .undefined: true
                case .native(let native): native.isCallable
                default: false
                }
            },
            "escaped": { value, _ in value.isSafe },
            "lower": { value, _ in
                let text = try value.text()
                return text == text.lowercased() && text != text.uppercased()
            },
            "upper": { value, _ in
                let text = try value.text()
                return text == text.uppercased() && text != text.lowercased()
            },
            "filter": { value, call in call.state.environment.filters[try hashable(value).text()] != nil },
            "test": { value, call in call.state.environment.tests[try hashable(value).text()] != nil },
        ]
    }

    private static var comparisons: [String: TemplateTest] {
        var tests: [String: TemplateTest] = [
            "divisibleby": { value, call in
                !(try value.applying(.modulo, try argument(call, "divisibleby"))).isTrue
            },
            "odd": { value, _ in try value.applying(.modulo, .int(2)).isEqual(to: .int(1)) },
            "even": { value, _ in try value.applying(.modulo, .int(2)).isEqual(to: .int(0)) },
            "sameas": { value, call in
                let other = try argument(call, "sameas")
                return try value.typeName == other.typeName && value.isEqual(to: other)
            },
        ]
        let operations: [(Comparison, [String])] = [
            (.equal, ["==", "eq", "equalto"]), (.notEqual, ["!=", "ne"]), (.less, ["<", "lt", "lessthan"]),
            (.lessOrEqual, ["<=", "le"]), (.greater, [">", "gt", "greaterthan"]), (.greaterOrEqual, [">=", "ge"]),
            (.isIn, ["in"]),
        ]
        for (operation, names) in operations {
            for name in names {
                tests[name] = { value, call in try value.satisfies(operation, try argument(call, name)) }
            }
        }
        return tests
    }

    /// - Throws: `TemplateError` for a value that cannot be the key of a dictionary.
    private static func hashable(_ value: TemplateValue) throws -> TemplateValue {
        _ = try value.hashValue64()
        return value
    }

    private static func argument(_ call: TemplateCall, _ name: String) throws -> TemplateValue {
        guard let argument = call.positional.first ?? call.keywords.first?.value else {
            throw TemplateError("test '\(name)' needs an argument")
        }
        return argument
    }
}
