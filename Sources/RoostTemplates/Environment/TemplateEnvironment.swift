/// A filter: the value before the bar, and the arguments behind the name.
public typealias TemplateFilter = (_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue

/// A test: the value before `is`, and the arguments behind the name.
public typealias TemplateTest = (_ value: TemplateValue, _ call: TemplateCall) throws -> Bool

/// The templates of an application with everything they may use. It must outlive its templates.
public final class TemplateEnvironment {
    /// The settings.
    public let options: TemplateOptions
    var loader: any TemplateLoader
    private(set) var filters: [String: TemplateFilter]
    private(set) var filterSignatures = BuiltInFilters.signatures
    /// The filters that are Jinja's own: what they make of constants can be computed when a template is compiled.
    private(set) var foldableFilters = Set(BuiltInFilters.signatures.keys).subtracting(["random"])
    private(set) var tests: [String: TemplateTest]
    let globals: TemplateDictionary
    private var templates: [String: Template] = [:]
    /// The versions of the sources that were compiled.
    private var versions: [String: UInt64] = [:]

    /// Makes an environment with Jinja's filters, tests and globals.
    public init(loader: any TemplateLoader, options: TemplateOptions = TemplateOptions()) {
        self.loader = loader
        self.options = options
        filters = BuiltInFilters.all
        tests = BuiltInTests.all
        globals = TemplateDictionary(BuiltInGlobals.all)
        if let translations = options.translations {
            for (name, value) in TranslationGlobals.all(translations) { globals[name] = value }
        }
    }

    /// Registers a filter: `{{ value | name(…) }}`.
    public func filter(_ name: String, _ body: @escaping TemplateFilter) {
        filters[name] = body
        filterSignatures[name] = nil
        foldableFilters.remove(name)
    }

    /// Tells what a registered filter takes, so that wrong calls are found when the application starts.
    func declare(filter name: String, _ signature: CallSignature) { filterSignatures[name] = signature }

    /// Registers a test: `{% if value is name %}`.
    public func test(_ name: String, _ body: @escaping TemplateTest) {
        tests[name] = body
    }

    /// Registers a value that every template sees.
    public func global(_ name: String, _ value: some TemplateConvertible) {
        globals[name] = value.templateValue
    }

    /// Registers a function that every template can call.
    public func global(_ name: String, _ body: @escaping (TemplateCall) throws -> TemplateValue) {
        globals[name] = .function(TemplateFunction(name, body))
    }

    /// The template called `name`, compiled once.
    ///
    /// - Throws: `TemplateError`: not found (with the nearest names) or not valid.
    public func template(named name: String) throws -> Template {
        if let template = templates[name] { return template }
        versions[name] = loader.version(of: name)
        guard let source = try loader.source(of: name) else { throw notFound(name) }
        let template = try Template(name: name, source: source, environment: self)
        templates[name] = template
        return template
    }

    /// The state of an earlier rendering, whose memory the next one uses again.
    private var spareState: RenderState?

    func takeState(_ context: Context) -> RenderState {
        guard let state = spareState else { return RenderState(context: context) }
        spareState = nil
        state.reset(context)
        return state
    }

    func giveBack(_ state: RenderState, _ idle: Context) {
        state.reset(idle)
        spareState = state
    }

    private(set) lazy var idleContext = Context(environment: self, arguments: [:])

    private func notFound(_ name: String) -> TemplateError {
        .missing("template '\(name)' not found.", name, among: (try? loader.names()) ?? [], kind: .templateNotFound)
    }

    /// Compiles a template from its source, without a name to include it by.
    ///
    /// - Throws: `TemplateError` when it is not valid.
    public func template(source: String, name: String = "<template>") throws -> Template {
        try Template(name: name, source: source, environment: self, isNamed: false)
    }

    /// The source that an error shows; nil when the loader cannot read it any more.
    func source(of name: String) -> String? { (try? loader.source(of: name)) ?? nil }

    /// Forgets compiled templates, so that changed sources are read again.
    public func removeCompiledTemplates() {
        templates = [:]
        versions = [:]
    }

    /// Forgets the compiled templates when the source of one has changed: for development, before each rendering.
    public func refresh() {
        if versions.contains(where: { loader.version(of: $0.key) != $0.value }) { removeCompiledTemplates() }
    }
}
