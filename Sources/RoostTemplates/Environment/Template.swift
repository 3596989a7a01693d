/// A compiled template, ready to render any number of times.
public final class Template {
    /// The name it was loaded by.
    public let name: String
    unowned let environment: TemplateEnvironment
    let root: FunctionCode
    let blocks: [String: BlockCode]
    let problems: [TemplateError]
    private var module: ModuleValue?

    init(name: String, source: String, environment: TemplateEnvironment) throws {
        self.name = name
        self.environment = environment
        do {
            let statements = try Parser.parse(source, options: environment.options)
            let compiler = Compiler(environment: environment, template: name)
            root = try compiler.compile(statements)
            blocks = compiler.blocks
            problems = compiler.problems
        } catch var error as TemplateError {
            if error.template.isEmpty { error.template = name }
            throw error
        }
    }

    /// Renders the template, appending UTF-8 to `output`.
    ///
    /// - Throws: `TemplateError` with the place; `output` then ends where it did before.
    public func render(_ context: [String: TemplateValue] = [:], into output: inout [UInt8]) throws {
        let start = output.count
        var taken: [UInt8] = []
        swap(&taken, &output)
        let state = RenderState(output: taken, context: Context(environment: environment, arguments: context))
        taken = []
        defer { swap(&state.output, &output) }
        do {
            try state.render(self, in: state.context)
        } catch {
            state.output.removeLast(state.output.count - start)
            throw error
        }
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
