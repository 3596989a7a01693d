/// A function of the application that templates call: `url_for("post", id=3)`.
public final class TemplateFunction {
    /// The name in messages.
    public let name: String
    let body: (TemplateCall) throws -> TemplateValue

    /// Makes a function; `body` reads its arguments from the call.
    public init(_ name: String, _ body: @escaping (TemplateCall) throws -> TemplateValue) {
        self.name = name
        self.body = body
    }
}

/// The arguments of one call.
public struct TemplateCall {
    /// The arguments without a name, in order.
    public internal(set) var positional: [TemplateValue] = []

    /// The arguments with a name, in order.
    public internal(set) var keywords: [(name: String, value: TemplateValue)] = []

    /// The state of the rendering that calls; the engine's own filters need it.
    let state: RenderState

    /// Whether text is escaped where the call stands.
    public let autoescape: Bool

    init(
        state: RenderState, positional: [TemplateValue] = [],
        keywords: [(name: String, value: TemplateValue)] = [], autoescape: Bool
    ) {
        self.state = state
        self.positional = positional
        self.keywords = keywords
        self.autoescape = autoescape
    }

    /// The positional argument at `index`.
    public subscript(index: Int) -> TemplateValue? {
        index < positional.count ? positional[index] : nil
    }

    /// The keyword argument called `name`.
    public subscript(name: String) -> TemplateValue? {
        for (own, value) in keywords where own == name { return value }
        return nil
    }

    /// The argument that stands at `index` or is called `name`.
    public func argument(_ index: Int, _ name: String) -> TemplateValue? {
        self[index] ?? self[name]
    }

    /// - Throws: `TemplateError` when the arguments do not fit.
    func check(_ signature: CallSignature, _ name: String) throws {
        let problem = signature.problem(name, positional: positional.count, keywords: keywords.map(\.name))
        if let problem { throw TemplateError(problem) }
    }

    /// A variable of the rendering, as the template that calls would see it in its context.
    public func variable(_ name: String) -> TemplateValue? {
        state.context.resolve(name)
    }
}
