/// One choice of a field as it is rendered.
public struct FieldOption {
    public let value: String
    public let label: String
    public let isSelected: Bool
    public let attributes: HTMLAttributes
    /// The group it stands in.
    public let group: String?
}

/// A type whose values are choices of a select or radio field.
public protocol ChoiceValue: Equatable, FieldConvertible {
    /// The value that a text from a form means; nil when it means none.
    init?(choiceText: String)
    /// The text in the page.
    var choiceText: String { get }
}

extension String: ChoiceValue {
    public init?(choiceText: String) { self = choiceText }
    public var choiceText: String { self }
}

extension Int: ChoiceValue {
    public init?(choiceText: String) {
        guard let number = NumberText.integer(choiceText) else { return nil }
        self = number
    }

    public var choiceText: String { description }
}

extension ChoiceValue where Self: RawRepresentable, RawValue == String {
    public init?(choiceText: String) { self.init(rawValue: choiceText) }
    public var choiceText: String { rawValue }
    public var fieldValue: FieldValue { .text(rawValue) }
}

extension ChoiceValue where Self: RawRepresentable, RawValue == Int {
    public init?(choiceText: String) {
        guard let number = NumberText.integer(choiceText) else { return nil }
        self.init(rawValue: number)
    }

    public var choiceText: String { rawValue.description }
    public var fieldValue: FieldValue { .integer(rawValue) }
}

/// A choice: its value, what the reader sees, and the group it stands in.
public struct Choice<Value: ChoiceValue> {
    public let value: Value
    public let label: String
    public let group: String?
    public let attributes: HTMLAttributes

    public init(_ value: Value, _ label: String? = nil, group: String? = nil, attributes: HTMLAttributes = [:]) {
        self.value = value
        self.label = label.flatMap { $0.isEmpty ? nil : $0 } ?? value.choiceText
        self.group = group
        self.attributes = attributes
    }
}
