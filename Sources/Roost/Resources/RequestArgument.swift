/// Where an argument is looked for.
public enum ArgumentLocation: String, Sendable, CaseIterable {
    case query, form, json, header, cookie

    /// The words of messages.
    var phrase: String {
        switch self {
        case .query: "the query string"
        case .form: "the post body"
        case .json: "the JSON body"
        case .header: "the HTTP headers"
        case .cookie: "the request's cookies"
        }
    }
}

/// A named value that a view of an API takes.
///
/// ```swift
/// enum PostArguments {
///     static let body = RequestArgument("body", String.self, help: "The text, in Markdown").check { body in
///         if body.isEmpty { throw ArgumentProblem("must not be empty") }
///     }
///     static let page = RequestArgument("page", Int.self, in: [.query], default: 1).range(1...1000)
///     static let tags = RequestArgument(list: "tags", String.self)
/// }
/// ```
public struct RequestArgument<Value: Sendable>: Sendable {
    let specification: ArgumentSpecification

    /// The name in the request.
    public var name: String { specification.name }

    /// Adds a check that throws an `ArgumentProblem`. It may ask the database; other errors end the request.
    public func check(_ check: @escaping @Sendable (Value) throws -> Void) -> RequestArgument {
        var specification = specification
        specification.checks.append { value in if let value = value as? Value { try check(value) } }
        return RequestArgument(specification: specification)
    }

    /// Adds words of JSON Schema to the description.
    func describing(_ words: @escaping @Sendable () -> [(String, JSONValue)]) -> RequestArgument {
        var specification = specification
        specification.schemaWords.append(words)
        return RequestArgument(specification: specification)
    }
}

extension RequestArgument where Value: ArgumentValue {
    /// An argument that must be there.
    /// - Parameters:
    ///   - name: in the request.
    ///   - type: what it is read as.
    ///   - locations: looked through in this order; the JSON body, the form and the query unless said otherwise.
    ///   - help: the message when it is missing or wrong, `{error_msg}` being what is wrong; also its description.
    public init(
        _ name: String, _ type: Value.Type, in locations: [ArgumentLocation] = [.json, .form, .query],
        help: String? = nil
    ) {
        specification = ArgumentSpecification(
            name, type, locations, help, isRequired: true, isList: false, standard: nil)
    }

    /// An argument with a value when it is missing.
    public init(
        _ name: String, _ type: Value.Type, in locations: [ArgumentLocation] = [.json, .form, .query],
        default value: Value, help: String? = nil
    ) {
        specification = ArgumentSpecification(
            name, type, locations, help, isRequired: false, isList: false, standard: value)
    }
}

extension RequestArgument {
    /// An argument that is nil when it is missing, or null in JSON.
    public init<Item: ArgumentValue>(
        optional name: String, _ type: Item.Type, in locations: [ArgumentLocation] = [.json, .form, .query],
        help: String? = nil
    ) where Value == Item? {
        specification = ArgumentSpecification(
            name, type, locations, help, isRequired: false, isList: false, standard: nil)
    }

    /// Any number of values: several fields of the same name, or a list in JSON.
    public init<Item: ArgumentValue>(
        list name: String, _ type: Item.Type, in locations: [ArgumentLocation] = [.json, .form, .query],
        isRequired: Bool = false, help: String? = nil
    ) where Value == [Item] {
        specification = ArgumentSpecification(
            name, type, locations, help, isRequired: isRequired, isList: true, standard: nil)
    }
}

extension RequestArgument where Value: Comparable & ArgumentValue {
    /// Limits the value.
    public func range(_ range: ClosedRange<Value>) -> RequestArgument {
        check { value in
            guard range.contains(value) else {
                throw ArgumentProblem("must be from \(range.lowerBound) to \(range.upperBound)")
            }
        }.describing {
            [("minimum", range.lowerBound.argumentJSON), ("maximum", range.upperBound.argumentJSON)]
        }
    }
}

extension RequestArgument where Value: Equatable & ArgumentValue {
    /// Allows some values only.
    public func choices(_ choices: [Value]) -> RequestArgument {
        check { value in
            guard choices.contains(value) else {
                let list = choices.map { "\($0)" }.joined(separator: ", ")
                throw ArgumentProblem("must be one of \(list)")
            }
        }.describing { [("enum", .array(choices.map(\.argumentJSON)))] }
    }
}

extension RequestArgument where Value == String {
    /// Limits the number of code points.
    public func length(_ range: ClosedRange<Int>) -> RequestArgument {
        check { text in
            guard range.contains(text.unicodeScalars.count) else {
                throw ArgumentProblem("must have from \(range.lowerBound) to \(range.upperBound) characters")
            }
        }.describing { [("minLength", .int(range.lowerBound)), ("maxLength", .int(range.upperBound))] }
    }
}
