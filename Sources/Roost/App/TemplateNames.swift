public import RoostTemplates

/// A filter, test or global that is given to the templates once they are there.
typealias TemplateAddition = (TemplateEnvironment) -> Void

/// Where names for templates are registered: an `App`, or a `Blueprint`, whose names the whole app sees too.
public protocol TemplateNames: AnyObject {
    /// Not for callers: keeps an addition until the app has its templates. Throws `SetupError` when it is too late.
    func addToTemplates(_ what: String, _ site: CallSite, _ addition: @escaping (TemplateEnvironment) -> Void) throws
}

extension TemplateNames {
    /// Adds a filter for templates: `{{ text|shout }}`. Throws `SetupError` once serving has begun.
    public func templateFilter(
        _ name: String, file: StaticString = #fileID, line: Int = #line, _ body: @escaping TemplateFilter
    ) throws {
        try addToTemplates("templateFilter(\"\(name)\")", CallSite(file: file, line: line)) { $0.filter(name, body) }
    }

    /// Adds a test for templates: `{% if number is prime %}`. Throws `SetupError` once serving has begun.
    public func templateTest(
        _ name: String, file: StaticString = #fileID, line: Int = #line, _ body: @escaping TemplateTest
    ) throws {
        try addToTemplates("templateTest(\"\(name)\")", CallSite(file: file, line: line)) { $0.test(name, body) }
    }

    /// Adds a value that every template sees. Throws `SetupError` once serving has begun.
    public func templateGlobal(
        _ name: String, _ value: some TemplateConvertible, file: StaticString = #fileID, line: Int = #line
    ) throws {
        let value = value.templateValue
        try addToTemplates("templateGlobal(\"\(name)\")", CallSite(file: file, line: line)) { $0.global(name, value) }
    }

    /// Adds a function that every template may call. Throws `SetupError` once serving has begun.
    public func templateGlobal(
        _ name: String, file: StaticString = #fileID, line: Int = #line,
        _ body: @escaping (TemplateCall) throws -> TemplateValue
    ) throws {
        try addToTemplates("templateGlobal(\"\(name)\")", CallSite(file: file, line: line)) { $0.global(name, body) }
    }
}

extension App: TemplateNames {
    public func addToTemplates(
        _ what: String, _ site: CallSite, _ addition: @escaping (TemplateEnvironment) -> Void
    ) throws {
        guard !isFrozen else {
            throw SetupError(
                "\(what) was called after the app \"\(name)\" began serving. "
                    + "Call it in makeApp(), before app.freeze().",
                at: site)
        }
        templateAdditions.append(addition)
    }

    /// Gives the templates the names that were registered, and the folders of the blueprints.
    func prepareTemplates() {
        guard let templates else { return }
        for addition in templateAdditions { addition(templates) }
        templateAdditions = []
        for folder in blueprintTemplates { templates.add(FileSystemLoader(folders: [folder])) }
        blueprintTemplates = []
    }
}

extension Blueprint: TemplateNames {
    public func addToTemplates(
        _ what: String, _ site: CallSite, _ addition: @escaping (TemplateEnvironment) -> Void
    ) throws {
        try onRegister(file: site.file, line: site.line) { app in try app.addToTemplates(what, site, addition) }
    }
}
