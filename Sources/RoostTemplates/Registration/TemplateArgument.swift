public import RoostMarkup

/// A type that Swift functions take from templates: `environment.addFilter("shout") { (text: String) in … }`.
public protocol TemplateArgument {
    /// Reads a value; nil when it is of another type.
    init?(templateValue: TemplateValue)

    /// The value of an argument that is left out; nil when it must be given.
    static var templateDefault: Self? { get }

    /// What messages call the type.
    static var templateTypeName: String { get }
}

extension TemplateArgument {
    public static var templateDefault: Self? { nil }
    public static var templateTypeName: String { String(describing: Self.self) }
}

extension TemplateValue: TemplateArgument {
    public init?(templateValue: TemplateValue) { self = templateValue }
}

extension String: TemplateArgument {
    /// Text, safe or not; numbers and other values as they print, as Jinja's own filters take them.
    public init?(templateValue: TemplateValue) {
        switch templateValue {
        case .string(let text): self = text
        case .safe(let html): self = html.text
        case .list, .tuple, .dict, .none: return nil
        default:
            guard let text = try? templateValue.text() else { return nil }
            self = text
        }
    }
}

extension Int: TemplateArgument {
    public init?(templateValue: TemplateValue) {
        guard let number = templateValue.intValue else { return nil }
        self = number
    }
}

extension Double: TemplateArgument {
    public init?(templateValue: TemplateValue) {
        guard let number = templateValue.doubleValue else { return nil }
        self = number
    }
}

extension Bool: TemplateArgument {
    /// Any value, by its truth.
    public init?(templateValue: TemplateValue) { self = templateValue.isTrue }
}

extension SafeHTML: TemplateArgument {
    /// Safe text as it is, other text escaped.
    public init?(templateValue: TemplateValue) {
        if case .safe(let html) = templateValue {
            self = html
        } else {
            guard let text = String(templateValue: templateValue) else { return nil }
            self = .escaping(text)
        }
    }
}

extension Optional: TemplateArgument where Wrapped: TemplateArgument {
    /// Nil for `None`, for an undefined value and for an argument that is left out.
    public init?(templateValue: TemplateValue) {
        if templateValue.isNone || templateValue.isUndefined {
            self = Self.none
        } else {
            guard let wrapped = Wrapped(templateValue: templateValue) else { return nil }
            self = Self.some(wrapped)
        }
    }

    public static var templateDefault: Wrapped?? { .some(nil) }
    public static var templateTypeName: String { Wrapped.templateTypeName }
}

extension Array: TemplateArgument where Element: TemplateArgument {
    public init?(templateValue: TemplateValue) {
        guard let elements = try? templateValue.elements() else { return nil }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            guard let element = Element(templateValue: element) else { return nil }
            result.append(element)
        }
        self = result
    }
}

extension Dictionary: TemplateArgument where Key == String, Value: TemplateArgument {
    public init?(templateValue: TemplateValue) {
        guard case .dict(let dictionary) = templateValue else { return nil }
        var result: [String: Value] = [:]
        for entry in dictionary.entries {
            guard let key = entry.key.stringValue, let value = Value(templateValue: entry.value) else { return nil }
            result[key] = value
        }
        self = result
    }
}
