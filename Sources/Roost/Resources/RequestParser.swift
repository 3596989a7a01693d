/// Reads the arguments of a request and reports everything that is wrong with them at once.
///
/// ```swift
/// static let arguments = RequestParser(PostArguments.body, PostArguments.page)
///
/// func create(_ request: Request) throws -> JSON {
///     let values = try Self.arguments.parse(request)      // 400 with all messages
///     let body = values[PostArguments.body]               // a String
/// ```
public struct RequestParser: Sendable {
    /// The arguments, in order.
    public private(set) var arguments: [ArgumentSpecification] = []
    /// Whether names that no argument has are refused, in the query and in JSON objects and forms that are read.
    public var isStrict = false

    public init<each Value: Sendable>(_ arguments: repeat RequestArgument<each Value>, strict: Bool = false) {
        for argument in repeat each arguments { self.arguments.append(argument.specification) }
        isStrict = strict
    }

    /// The arguments of this parser and one more.
    public func adding(_ argument: RequestArgument<some Sendable>) -> RequestParser {
        var parser = self
        parser.arguments.append(argument.specification)
        return parser
    }

    /// The arguments of a request.
    /// - Throws: `ArgumentErrors`, and what reading the body throws.
    public func parse(_ request: Request) throws -> ArgumentValues {
        let source = try ArgumentSource(request, Set(arguments.flatMap(\.locations)))
        var (values, problems): ([String: any Sendable], [ArgumentErrors.Problem]) = ([:], [])
        for argument in arguments {
            do {
                values[argument.name] = try argument.read(source)
            } catch let error as ArgumentProblem {
                problems.append(ArgumentErrors.Problem(name: argument.name, message: argument.message(error)))
            }
        }
        if isStrict { problems += unknown(source) }
        guard problems.isEmpty else { throw ArgumentErrors(problems: problems) }
        return ArgumentValues(values: values)
    }

    private func unknown(_ source: ArgumentSource) -> [ArgumentErrors.Problem] {
        let known = Set(arguments.map(\.name))
        var seen: Set<String> = []
        let names = source.request.query.map(\.name) + source.form.map(\.name) + (source.json?.keys ?? [])
        return names.filter { !known.contains($0) && seen.insert($0).inserted }
            .map { ArgumentErrors.Problem(name: $0, message: "Unknown argument") }
    }
}

/// The arguments of one request, by the arguments that describe them.
public struct ArgumentValues {
    let values: [String: any Sendable]

    /// The value of an argument of the parser. Asking for one that the parser does not have stops the process: it is a
    /// mistake that the first request shows.
    public subscript<Value>(argument: RequestArgument<Value>) -> Value {
        guard let value = values[argument.name] as? Value else {
            preconditionFailure("the argument \"\(argument.name)\" is not one of the parser's")
        }
        return value
    }

    /// The value of an argument that may be missing.
    public subscript<Value>(argument: RequestArgument<Value?>) -> Value? { values[argument.name] as? Value }
}

/// Everything that is wrong with the arguments of a request: 400.
///
/// Views of an API answer with `{"message": {"NAME": "MESSAGE"}}`, as Flask-RESTful does; with `errorHandler(for:)` an app
/// or a blueprint answers in its own form.
public struct ArgumentErrors: HTTPErrorConvertible, ResponseConvertible, CustomStringConvertible {
    public struct Problem: Hashable, Sendable {
        public let name: String
        public let message: String
    }

    public let problems: [Problem]

    public var description: String { problems.map { "\($0.name): \($0.message)" }.joined(separator: "; ") }
    public var httpError: HTTPError { HTTPError(.badRequest, description) }

    public func response(to request: Request) throws -> Response {
        var messages = JSONObject()
        for problem in problems { messages[problem.name] = .string(problem.message) }
        return try JSON(["message": .object(messages)], status: .badRequest).response(to: request)
    }
}
