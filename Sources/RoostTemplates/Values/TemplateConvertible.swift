public import RoostMarkup

/// A type whose values become template values.
public protocol TemplateConvertible {
    /// The value as templates see it.
    var templateValue: TemplateValue { get }
}

extension TemplateValue: TemplateConvertible {
    public var templateValue: TemplateValue { self }

    /// Converts a value of the application.
    public init(_ value: some TemplateConvertible) { self = value.templateValue }
}

extension String: TemplateConvertible {
    public var templateValue: TemplateValue { .string(self) }
}

extension Substring: TemplateConvertible {
    public var templateValue: TemplateValue { .string(String(self)) }
}

extension Bool: TemplateConvertible {
    public var templateValue: TemplateValue { .bool(self) }
}

extension Int: TemplateConvertible {
    public var templateValue: TemplateValue { .int(self) }
}

extension Int32: TemplateConvertible {
    public var templateValue: TemplateValue { .int(Int(self)) }
}

extension Int64: TemplateConvertible {
    public var templateValue: TemplateValue { .int(Int(self)) }
}

extension Double: TemplateConvertible {
    public var templateValue: TemplateValue { .float(self) }
}

extension SafeHTML: TemplateConvertible {
    public var templateValue: TemplateValue { .safe(self) }
}

extension Optional: TemplateConvertible where Wrapped: TemplateConvertible {
    public var templateValue: TemplateValue { self?.templateValue ?? TemplateValue.none }
}

extension Array: TemplateConvertible where Element: TemplateConvertible {
    public var templateValue: TemplateValue { .list(TemplateList(map { $0.templateValue })) }
}

extension Dictionary: TemplateConvertible where Key == String, Value: TemplateConvertible {
    /// Swift dictionaries have no order: the keys are sorted, so that every rendering is alike.
    public var templateValue: TemplateValue {
        let dictionary = TemplateDictionary()
        dictionary.reserve(count)
        for key in keys.sorted() { dictionary[key] = self[key]?.templateValue }
        return .dict(dictionary)
    }
}
