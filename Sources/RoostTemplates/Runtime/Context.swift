/// The named values that a template and its parents share in one rendering.
final class Context {
    let environment: TemplateEnvironment
    private let arguments: TemplateDictionary
    /// The context that an include or scoped block extends.
    private let outer: Context?
    private let locals: [ContextValue]
    /// What the template set at its top level, which blocks and importers see.
    private(set) var exports: [ContextValue] = []
    /// The definitions of each block, the most derived first.
    var blocks = BlockChains([:])
    /// Set by `extends`: the template to render after the current one.
    var parentTemplate: Template?
    /// The line of `extends`.
    var parentLine = 0

    init(environment: TemplateEnvironment, arguments: [String: TemplateValue]) {
        self.environment = environment
        self.arguments = TemplateDictionary(arguments)
        outer = nil
        locals = []
    }

    init(extending outer: Context, locals: [ContextValue]) {
        environment = outer.environment
        arguments = outer.arguments
        self.outer = outer
        self.locals = locals
    }

    func resolve(_ name: String) -> TemplateValue? { resolve(name, hash: hashBytes(of: name)) }

    func resolve(_ name: String, hash: UInt64) -> TemplateValue? {
        for own in exports where own.hash == hash && own.name == name { return own.value }
        for own in locals where own.hash == hash && own.name == name { return own.value }
        if let outer { return outer.resolve(name, hash: hash) }
        return arguments.value(named: name, hash: hash) ?? environment.globals.value(named: name, hash: hash)
    }

    func exported(_ name: String) -> TemplateValue? {
        for own in exports where own.name == name { return own.value }
        return nil
    }

    func export(_ name: String, _ value: TemplateValue) {
        if let index = exports.firstIndex(where: { $0.name == name }) {
            exports[index].value = value
        } else {
            exports.append(ContextValue(name: name, hash: hashBytes(of: name), value: value))
        }
    }
}

/// A named value with the hash of its name, so that most other names are ruled out by one comparison.
struct ContextValue {
    let name: String
    let hash: UInt64
    var value: TemplateValue
}

/// A variable that an included template or a scoped block gets, and how to read it.
struct ContextLocal {
    let name: String
    let hash: UInt64
    let value: Evaluator
}
