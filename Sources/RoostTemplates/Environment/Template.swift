/// A compiled template, ready to render any number of times.
public final class Template {
    /// The name it was loaded by.
    public let name: String
    unowned let environment: TemplateEnvironment
    let root: FunctionCode
    let blocks: [String: BlockCode]
    /// The blocks for a rendering that begins with this template.
    let chains: BlockChains
    let facts: TemplateFacts
    private var module: ModuleValue?

    /// The source of a template that no loader has.
    private let source: String?

    init(name: String, source: String, environment: TemplateEnvironment, isNamed: Bool = true) throws {
        self.name = name
        self.environment = environment
        self.source = isNamed ? nil : source
        do {
            let statements = try Parser.parse(source, options: environment.options)
            let compiler = Compiler(environment: environment, template: name)
            root = try compiler.compile(statements)
            blocks = compiler.blocks
            chains = BlockChains(blocks)
            facts = compiler.facts
        } catch var error as TemplateError {
            if error.template.isEmpty { error.template = name }
            if error.template == name { error.excerpt = TemplateExcerpt(source, line: error.line) }
            throw error
        }
    }

    /// The templates that this one names literally, whether it extends, includes or imports them.
    public var references: [TemplateReference] { facts.references }

    /// Renders the template, appending UTF-8 to `output`.
    ///
    /// - Throws: `TemplateError` with the place; `output` is then as it was.
    public func render(_ context: [String: TemplateValue] = [:], into output: inout [UInt8]) throws {
        let state = environment.takeState(Context(environment: environment, arguments: context))
        defer { environment.giveBack(state, environment.idleContext) }
        do {
            try state.render(self, in: state.context)
            try state.output.check()
        } catch let error as TemplateError {
            throw withExcerpt(error)
        }
        state.output.move(to: &output)
    }

    private func withExcerpt(_ error: TemplateError) -> TemplateError {
        var error = error
        // An output that is too long in the end has no line.
        error.locate(template: name, line: 1)
        guard error.excerpt == nil else { return error }
        let source = error.template == name && source != nil ? source : environment.source(of: error.template)
        error.excerpt = source.flatMap { TemplateExcerpt($0, line: error.line) }
        return error
    }

    /// Renders the template.
    ///
    /// - Throws: `TemplateError` with the place.
    public func render(_ context: [String: TemplateValue] = [:]) throws -> String {
        var output: [UInt8] = []
        try render(context, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The module for imports without context, which is the same in every rendering.
    func sharedModule(_ state: RenderState) throws -> ModuleValue {
        if let module { return module }
        let context = Context(environment: environment, arguments: [:])
        let made = try ModuleValue(self, context, state)
        module = made
        return made
    }
}
