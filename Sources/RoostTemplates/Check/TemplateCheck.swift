internal import RoostMarkup

/// Looks for names that nothing has, over all templates of an environment.
struct TemplateCheck {
    private let environment: TemplateEnvironment
    private let names: [String]
    private var templates: [String: Template] = [:]
    private(set) var findings = TemplateFindings()

    init(_ environment: TemplateEnvironment, names: [String]) {
        self.environment = environment
        self.names = names
    }

    /// - Throws: what is not an error of a template.
    mutating func run(_ endpoint: (EndpointReference) -> TemplateError?) throws {
        for name in names {
            do {
                templates[name] = try environment.template(named: name)
            } catch let error as TemplateError {
                findings.errors.append(error)
            }
        }
        for name in names {
            guard let template = templates[name] else { continue }
            findings.errors += template.facts.problems
            findings.errors += template.facts.endpoints.compactMap(endpoint)
            for reference in template.facts.references where reference.isRequired { check(reference) }
            checkBlocks(template)
            for imported in template.facts.importedNames { check(imported) }
            for use in template.facts.macroUses { check(use, template) }
        }
        findings.sort()
    }

    private mutating func check(_ reference: TemplateReference) {
        guard templates[reference.name] == nil, !names.contains(reference.name) else { return }
        var error = TemplateError.missing(
            "template '\(reference.name)' not found.", reference.name, among: names, kind: .templateNotFound)
        (error.template, error.line) = (reference.template, reference.line)
        findings.errors.append(error)
    }

    /// A slip of the finger is an error, a name like no other may be meant so.
    private mutating func add(_ error: TemplateError) {
        if error.suggestions.isEmpty { findings.warnings.append(error) } else { findings.errors.append(error) }
    }

    // MARK: Blocks

    /// The templates that one extends, the nearest first; nil when only the rendering knows them.
    private func ancestors(of template: Template) -> [Template]? {
        var found: [Template] = []
        var current = template
        while !current.facts.hasUnknownParent, found.count < 50 {
            guard let name = current.facts.parent else { return found }
            guard let parent = templates[name] else { return nil }
            found.append(parent)
            current = parent
        }
        return nil
    }

    /// A block that no parent has is shown nowhere, unless it stands in another one or is called by name.
    private mutating func checkBlocks(_ template: Template) {
        guard let ancestors = ancestors(of: template), !ancestors.isEmpty else { return }
        let known = ancestors.flatMap { $0.facts.blocks.map(\.name) }
        let own = Set(template.facts.blocks.map(\.name))
        let called = ([template] + ancestors).flatMap(\.facts.selfMembers)
        for block in template.facts.blocks
        where !block.isNested && !known.contains(block.name) && !called.contains(block.name) {
            var error = TemplateError.missing(
                "No template that '\(template.name)' extends has a block named '\(block.name)'.", block.name,
                among: known.filter { !own.contains($0) }, kind: .syntax)
            (error.template, error.line) = (template.name, block.line)
            add(error)
        }
    }

    // MARK: Macros

    private mutating func check(_ imported: ImportedName) {
        guard let source = templates[imported.source], source.facts.exports[imported.name] == nil else { return }
        var error = missing(imported.name, in: source)
        (error.template, error.line) = (imported.template, imported.line)
        add(error)
    }

    private func missing(_ name: String, in template: Template) -> TemplateError {
        .missing(
            "'\(template.name)' has nothing named '\(name)'.", name,
            among: template.facts.exports.keys.filter { !$0.hasPrefix("_") }, kind: .syntax)
    }

    private mutating func check(_ foreign: ForeignMacroUse, _ template: Template) {
        if let name = foreign.contextName, !isCertain(name, in: template) { return }
        if let problem = problem(foreign.use, foreign.binding, foreign.use.member) { findings.errors.append(problem) }
    }

    /// Whether no template that this one extends sets the name too: it would win in a block.
    private func isCertain(_ name: String, in template: Template) -> Bool {
        ancestors(of: template).map { $0.allSatisfy { $0.facts.exports[name] == nil } } ?? false
    }

    private func problem(
        _ use: MacroUse, _ binding: Binding, _ member: String?, hops: Int = 0
    ) -> TemplateError? {
        guard hops < 20 else { return nil }
        let (source, name): (String, String)
        switch binding {
        case .macro(let signature): return member == nil ? signature.problem(use) : nil
        case .imported(let template, let export) where member == nil: (source, name) = (template, export)
        case .module(let template):
            guard let member else { return nil }
            (source, name) = (template, member)
        default: return nil
        }
        guard let template = templates[source] else { return nil }
        guard let found = template.facts.exports[name] else {
            // A name that is imported and missing is reported where it is imported.
            guard case .module = binding else { return nil }
            var error = missing(name, in: template)
            (error.template, error.line) = (use.template, use.line)
            return error
        }
        return problem(use, found, nil, hops: hops + 1)
    }
}

extension TemplateEnvironment {
    /// Compiles every template of the loader and looks for misspelt filters, tests, templates, blocks, macros and their
    /// arguments, whether they would run or not.
    ///
    /// - Parameter endpoint: the error of a call of `url_for`, or nil when there is such an endpoint.
    /// - Throws: an error of the loader; errors of templates are among the findings.
    public func check(endpoint: (EndpointReference) -> TemplateError? = { _ in nil }) throws -> TemplateFindings {
        var check = TemplateCheck(self, names: try loader.names())
        try check.run(endpoint)
        return check.findings
    }

    /// Compiles every template of the loader, so that mistakes show when the application starts.
    ///
    /// - Throws: `TemplateErrors` with all of them.
    public func compileAll() throws {
        try check().throwErrors()
    }
}
