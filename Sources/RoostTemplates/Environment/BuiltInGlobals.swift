/// Jinja's globals by name.
enum BuiltInGlobals {
    /// What Python prints for the globals that are classes.
    static let classNames = [
        "range": "<class 'range'>", "dict": "<class 'dict'>", "cycler": "<class 'jinja2.utils.Cycler'>",
        "joiner": "<class 'jinja2.utils.Joiner'>", "namespace": "<class 'jinja2.utils.Namespace'>",
    ]

    static var all: [String: TemplateValue] {
        [
            "range": .function(TemplateFunction("range", range)),
            "dict": .function(TemplateFunction("dict", dict)),
            "cycler": .function(TemplateFunction("cycler") { .native(try Cycler($0.positional)) }),
            "joiner": .function(
                TemplateFunction("joiner") { call in
                    try call.check(CallSignature(["sep?"]), "joiner")
                    return .native(Joiner(call.argument(0, "sep") ?? ", "))
                }),
            "lipsum": .function(TemplateFunction("lipsum", Lipsum.text)),
            "namespace": .function(TemplateFunction("namespace") { .native(NamespaceValue(try dictionary($0))) }),
        ]
    }

    private static func range(_ call: TemplateCall) throws -> TemplateValue {
        guard call.keywords.isEmpty else { throw TemplateError("range() takes no keyword arguments") }
        let numbers = try call.positional.map { value in
            guard let number = value.intValue else {
                throw TemplateError("'\(value.typeName)' object cannot be interpreted as an integer")
            }
            return number
        }
        guard (1...3).contains(numbers.count) else {
            throw TemplateError("range expected 1 to 3 arguments, got \(numbers.count)")
        }
        let step = numbers.count == 3 ? numbers[2] : 1
        guard step != 0 else { throw TemplateError("range() arg 3 must not be zero") }
        let range =
            numbers.count == 1
            ? RangeValue(start: 0, stop: numbers[0], step: 1)
            : RangeValue(start: numbers[0], stop: numbers[1], step: step)
        return .native(range)
    }

    private static func dict(_ call: TemplateCall) throws -> TemplateValue { .dict(try dictionary(call)) }

    static func dictionary(_ call: TemplateCall) throws -> TemplateDictionary {
        let result = TemplateDictionary()
        if let first = call[0] {
            if case .dict(let source) = first {
                for entry in source.entries { try result.set(entry.value, for: entry.key) }
            } else {
                for pair in try first.elements() {
                    let parts = try pair.elements()
                    guard parts.count == 2 else {
                        throw TemplateError("dictionary update sequence element needs length 2")
                    }
                    try result.set(parts[1], for: parts[0])
                }
            }
        }
        for (name, value) in call.keywords { result[name] = value }
        return result
    }
}

/// A bag of attributes that templates may set, even from inside a loop.
final class NamespaceValue: NativeValue {
    private let attributes: TemplateDictionary

    init(_ attributes: TemplateDictionary) { self.attributes = attributes }

    override var typeName: String { "Namespace" }
    override func text() throws -> String { "<Namespace \(try TemplateValue.dict(attributes).repr())>" }
    override func member(_ name: String) -> TemplateValue? { attributes[name] }
    override func assign(_ name: String, _ value: TemplateValue) { attributes[name] = value }
}

/// Goes through its elements again and again.
final class Cycler: NativeValue {
    private let elements: [TemplateValue]
    private var position = 0

    init(_ elements: [TemplateValue]) throws {
        guard !elements.isEmpty else { throw TemplateError("at least one item has to be provided") }
        self.elements = elements
    }

    override var typeName: String { "Cycler" }

    override func member(_ name: String) -> TemplateValue? {
        switch name {
        case "current": elements[position]
        case "pos": .int(position)
        case "items": .tuple(TemplateList(elements))
        case "next":
            .native(
                MethodValue("next") { [self] call in
                    try call.check(CallSignature([]), "next")
                    defer { position = (position + 1) % elements.count }
                    return elements[position]
                })
        case "reset":
            .native(
                MethodValue("reset") { [self] call in
                    try call.check(CallSignature([]), "reset")
                    position = 0
                    return TemplateValue.none
                })
        default: nil
        }
    }
}

/// Gives nothing the first time and its separator from then on.
final class Joiner: NativeValue {
    private let separator: TemplateValue
    private var isUsed = false

    init(_ separator: TemplateValue) { self.separator = separator }

    override var typeName: String { "Joiner" }
    override var isCallable: Bool { true }
    override func member(_ name: String) -> TemplateValue? {
        name == "sep" ? separator : name == "used" ? .bool(isUsed) : nil
    }

    override func call(_ call: TemplateCall) -> TemplateValue {
        defer { isUsed = true }
        return isUsed ? separator : ""
    }
}
