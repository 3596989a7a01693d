/// Why a value is not what an argument takes: a sentence for who sent it.
public struct ArgumentProblem: Error, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// A type that an argument can have.
public protocol ArgumentValue: Sendable {
    /// Reads a text from a query, a form, a header or a cookie.
    static func argument(text: String) throws(ArgumentProblem) -> Self
    /// Reads a value of a JSON body.
    static func argument(json: JSONValue) throws(ArgumentProblem) -> Self
    /// The value as JSON, for the description's defaults and choices.
    var argumentJSON: JSONValue { get }
    /// The type as JSON Schema has it.
    static var argumentSchema: JSONValue { get }
}

extension String: ArgumentValue {
    public static func argument(text: String) throws(ArgumentProblem) -> String { text }

    public static func argument(json: JSONValue) throws(ArgumentProblem) -> String {
        guard let text = json.string else { throw ArgumentProblem("must be a text") }
        return text
    }

    public var argumentJSON: JSONValue { .string(self) }
    public static var argumentSchema: JSONValue { ["type": "string"] }
}

extension Int: ArgumentValue {
    public static func argument(text: String) throws(ArgumentProblem) -> Int {
        guard let number = Int(text) else { throw ArgumentProblem("must be a whole number") }
        return number
    }

    public static func argument(json: JSONValue) throws(ArgumentProblem) -> Int {
        guard let number = json.int else { throw ArgumentProblem("must be a whole number") }
        return number
    }

    public var argumentJSON: JSONValue { .int(self) }
    public static var argumentSchema: JSONValue { ["type": "integer"] }
}

extension Double: ArgumentValue {
    public static func argument(text: String) throws(ArgumentProblem) -> Double {
        guard let number = Double(text), number.isFinite else { throw ArgumentProblem("must be a number") }
        return number
    }

    public static func argument(json: JSONValue) throws(ArgumentProblem) -> Double {
        guard let number = json.double else { throw ArgumentProblem("must be a number") }
        return number
    }

    public var argumentJSON: JSONValue { .double(self) }
    public static var argumentSchema: JSONValue { ["type": "number"] }
}

extension Bool: ArgumentValue {
    public static func argument(text: String) throws(ArgumentProblem) -> Bool {
        guard !text.isEmpty, let flag = Bool(parameter: text) else { throw ArgumentProblem("must be true or false") }
        return flag
    }

    public static func argument(json: JSONValue) throws(ArgumentProblem) -> Bool {
        guard let flag = json.bool else { throw ArgumentProblem("must be true or false") }
        return flag
    }

    public var argumentJSON: JSONValue { .bool(self) }
    public static var argumentSchema: JSONValue { ["type": "boolean"] }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    public static func argument(text: String) throws(ArgumentProblem) -> Self {
        guard let value = Self(rawValue: text) else {
            throw ArgumentProblem("must be one of " + allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }

    public static func argument(json: JSONValue) throws(ArgumentProblem) -> Self {
        try argument(text: String.argument(json: json))
    }

    public var argumentJSON: JSONValue { .string(rawValue) }

    public static var argumentSchema: JSONValue {
        ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
    }
}

/// JSON of any shape, for arguments in the body.
extension JSONValue: ArgumentValue {
    public static func argument(text: String) throws(ArgumentProblem) -> JSONValue { .string(text) }
    public static func argument(json: JSONValue) throws(ArgumentProblem) -> JSONValue { json }
    public var argumentJSON: JSONValue { self }
    public static var argumentSchema: JSONValue { [:] }
}
