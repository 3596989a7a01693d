/// What a validator throws: the message goes to the errors of the field, and the next validator runs.
public struct ValidationError: Error, Hashable, CustomStringConvertible {
    public let message: String
    public var description: String { message }

    public init(_ message: String) { self.message = message }
}

/// What a validator throws to end the checks of its field, with a message or without.
public struct StopValidation: Error, Hashable {
    public let message: String?

    public init(_ message: String? = nil) { self.message = message }
}

/// A form that is put together wrongly: a mistake of the program, not of who fills it in.
public struct FormError: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
