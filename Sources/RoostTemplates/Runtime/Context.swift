/// The named values that a template and its parents share in one rendering.
final class Context {
    let environment: TemplateEnvironment
    private let arguments: [String: TemplateValue]
    /// The context that an include or scoped block extends.
    private let outer: Context?
    private let locals: [(name: String, value: TemplateValue)]
    /// What the template set at its top level, which blocks and importers see.
    private(set) var exports: [(name: String, value: TemplateValue)] = []
    /// The definitions of each block, the most derived first.
    var blocks: [String: [BlockCode]] = [:]
    /// Set by `extends`: the template to render after the current one.
    var parentTemplate: Template?

    init(environment: TemplateEnvironment, arguments: [String: TemplateValue]) {
        self.environment = environment
        self.arguments = arguments
        outer = nil
        locals = []
    }

    init(extending outer: Context, locals: [(name: String, value: TemplateValue)]) {
        environment = outer.environment
        arguments = [:]
        self.outer = outer
        self.locals = locals
    }

    func resolve(_ name: String) -> TemplateValue? {
        for (own, value) in exports where own == name { return value }
        for (own, value) in locals where own == name { return value }
        if let outer { return outer.resolve(name) }
        return arguments[name] ?? environment.globals[name]
    }

    func export(_ name: String, _ value: TemplateValue) {
        if let index = exports.firstIndex(where: { $0.name == name }) {
            exports[index].value = value
        } else {
            exports.append((name, value))
        }
    }
}
