/// What is wrong in a field: messages, or those of the fields within it.
public indirect enum FieldErrors: Equatable {
    case messages([String])
    /// Of an enclosed form, the fields that have errors.
    case fields([NamedErrors])
    /// Of a list, one for each entry.
    case entries([FieldErrors])

    /// Whether nothing is wrong.
    public var isEmpty: Bool {
        switch self {
        case .messages(let messages): messages.isEmpty
        case .fields(let fields): fields.isEmpty
        case .entries(let entries): entries.allSatisfy(\.isEmpty)
        }
    }

    /// All messages, in order.
    public var messages: [String] {
        switch self {
        case .messages(let messages): messages
        case .fields(let fields): fields.flatMap(\.errors.messages)
        case .entries(let entries): entries.flatMap(\.messages)
        }
    }
}

/// The errors of one field.
public struct NamedErrors: Equatable {
    public let name: String
    public let errors: FieldErrors

    public init(name: String, errors: FieldErrors) {
        self.name = name
        self.errors = errors
    }
}
