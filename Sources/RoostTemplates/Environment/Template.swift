/// A compiled template, ready to render any number of times.
public final class Template {
    /// The name it was loaded by.
    public let name: String
    unowned let environment: TemplateEnvironment
    let root: FunctionCode
    let blocks: [String: BlockCode]
    /// The blocks for a rendering that begins with this template.
    let chains: BlockChains
    let problems: [TemplateError]
    /// The templates that this one names literally, whether it extends, includes or imports them.
    public let references: [TemplateReference]
    /// The calls of `url_for` with a literal endpoint.
    public let endpoints: [EndpointReference]
    private var module: ModuleValue?

    init(name: String, source: String, environment: TemplateEnvironment) throws {
        self.name = name
        self.environment = environment
        do {
            let statements = try Parser.parse(source, options: environment.options)
            let compiler = Compiler(environment: environment, template: name)
            root = try compiler.compile(statements)
            blocks = compiler.blocks
            chains = BlockChains(blocks)
            problems = compiler.problems
            references = compiler.references
            endpoints = compiler.endpoints
        } catch var error as TemplateError {
            if error.template.isEmpty { error.template = name }
            throw error
        }
    }

    /// Renders the template, appending UTF-8 to `output`.
    ///
    /// - Throws: `TemplateError` with the place; `output` is then as it was.
    public func render(_ context: [String: TemplateValue] = [:], into output: inout [UInt8]) throws {
        let state = environment.takeState(Context(environment: environment, arguments: context))
        defer { environment.giveBack(state, environment.idleContext) }
        try state.render(self, in: state.context)
        try state.output.check()
        state.output.move(to: &output)
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
