extension TemplateEnvironment {
    /// Registers a filter with typed parameters: the value before the bar is the first.
    ///
    ///     environment.addFilter("shorten", "length") { (text: String, length: Int?) in
    ///         String(text.prefix(length ?? 80))
    ///     }
    ///
    /// Templates write `{{ text|shorten(20) }}` or `{{ text|shorten(length=20) }}`. Optional parameters may be left
    /// out. A wrong number of arguments, or a misspelt one, is found when the application starts; a value of another
    /// type is an error with its line.
    ///
    /// - Parameters:
    ///   - name: the name behind the bar.
    ///   - parameters: the names of the arguments in brackets, in order; those without a name go by position only.
    public func addFilter<each Argument: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ parameters: String..., body: @escaping (repeat each Argument) throws -> Result
    ) {
        let shape = TypedParameters<repeat each Argument>(name, ["value"] + parameters)
        filter(name) { value, call in
            try shape.call([value] + call.positional, call.keywords, body).templateValue
        }
        declare(filter: name, shape.signature(droppingFirst: 1))
    }

    /// Registers a test with typed parameters: `{% if post is olderthan(30) %}`.
    ///
    /// - Parameters:
    ///   - name: the name behind `is`.
    ///   - parameters: the names of the arguments in brackets, in order.
    public func addTest<each Argument: TemplateArgument>(
        _ name: String, _ parameters: String..., body: @escaping (repeat each Argument) throws -> Bool
    ) {
        let shape = TypedParameters<repeat each Argument>(name, ["value"] + parameters)
        test(name) { value, call in try shape.call([value] + call.positional, call.keywords, body) }
    }

    /// Registers a function with typed parameters that every template can call.
    ///
    /// - Parameters:
    ///   - name: the name that templates call.
    ///   - parameters: the names of the arguments, in order.
    public func addFunction<each Argument: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ parameters: String..., body: @escaping (repeat each Argument) throws -> Result
    ) {
        let shape = TypedParameters<repeat each Argument>(name, parameters)
        global(name) { call in try shape.call(call.positional, call.keywords, body).templateValue }
    }
}

/// Reads the arguments of a call into the parameters of a Swift function.
struct TypedParameters<each Argument: TemplateArgument> {
    private let name: String
    private let names: [String]
    private let isOptional: [Bool]
    private let full: CallSignature

    init(_ name: String, _ given: [String]) {
        var isOptional: [Bool] = []
        repeat isOptional.append((each Argument).templateDefault != nil)
        self.name = name
        self.isOptional = isOptional
        // A parameter without a name cannot be named by accident.
        names = isOptional.indices.map { $0 < given.count ? given[$0] : "\u{0}\($0)" }
        full = CallSignature(zip(names, isOptional).map { $0 + ($1 ? "?" : "") })
    }

    func signature(droppingFirst count: Int) -> CallSignature {
        CallSignature(zip(names, isOptional).dropFirst(count).map { $0 + ($1 ? "?" : "") })
    }

    func call<Result>(
        _ positional: [TemplateValue], _ keywords: [(name: String, value: TemplateValue)],
        _ body: (repeat each Argument) throws -> Result
    ) throws -> Result {
        if let problem = full.problem(name, positional: positional.count, keywords: keywords.map(\.name)) {
            throw TemplateError(problem)
        }
        var index = -1
        func next<Value: TemplateArgument>(_ type: Value.Type) throws -> Value {
            index += 1
            let given = index < positional.count ? positional[index] : keywords.first { $0.name == names[index] }?.value
            return try read(given, index, type)
        }
        return try body(repeat try next((each Argument).self))
    }

    private func read<Value: TemplateArgument>(_ given: TemplateValue?, _ index: Int, _ type: Value.Type) throws
        -> Value
    {
        guard let given else {
            if let value = Value.templateDefault { return value }
            throw TemplateError("\(name)() is missing an argument")
        }
        if let value = Value(templateValue: given) { return value }
        if case .undefined(let undefined) = given { throw undefined.error }
        let which = names[index].hasPrefix("\u{0}") ? "argument \(index + 1)" : "'\(names[index])'"
        throw TemplateError("\(name)() needs \(Value.templateTypeName) as \(which), not '\(given.typeName)'")
    }
}
