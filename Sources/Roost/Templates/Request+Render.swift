public import RoostTemplates

/// Adds variables to the context of every template of its scope.
public typealias ContextProcessor = (Request) throws -> [String: any TemplateConvertible]

extension Request {
    /// Renders a template to a response: `try request.render("user.html", ["user": user])`.
    ///
    /// Templates also see `request`, and what the context processors of the app and the blueprint add; the values given
    /// here win. Throws `TemplateError` with the place in the template, or what a processor throws.
    public func render(
        _ template: String, _ values: KeyValuePairs<String, any TemplateConvertible> = [:], status: Status = .ok
    ) throws -> Response {
        var output: [UInt8] = []
        output.reserveCapacity(8192)
        try render(template, values, into: &output)
        return .html(output, status: status)
    }

    /// Renders a template that is given as text, as Flask's `render_template_string`.
    /// - Parameters:
    ///   - source: the template.
    ///   - name: for errors; its ending decides whether values are escaped, `.html` does.
    public func render(
        source: String, name: String = "<template>.html", _ values: [String: any TemplateConvertible] = [:]
    ) throws -> String {
        var context = try sharedContext()
        for (key, value) in values { context[key] = value.templateValue }
        return try templates().template(source: source, name: name).render(context)
    }

    /// Renders a template to HTML, for a part of a page or a mail.
    public func renderHTML(
        _ template: String, _ values: KeyValuePairs<String, any TemplateConvertible> = [:]
    ) throws -> SafeHTML {
        var output: [UInt8] = []
        try render(template, values, into: &output)
        return SafeHTML(trusted: String(decoding: output, as: UTF8.self))
    }

    private func render(
        _ name: String, _ values: KeyValuePairs<String, any TemplateConvertible>, into output: inout [UInt8]
    ) throws {
        let templates = try templates()
        if app.showsErrors { templates.refresh() }
        let template = try templates.template(named: name)
        var context = try sharedContext()
        for (key, value) in values { context[key] = value.templateValue }
        let signals = app.signals
        try signals.beforeRenderTemplate.send(.init(template: name, context: context, request: self), from: app)
        try trace.measure(.render, name, phase: .rendering) { try template.render(context, into: &output) }
        try signals.templateRendered.send(.init(template: name, context: context, request: self), from: app)
    }

    private func templates() throws -> TemplateEnvironment {
        guard let templates = app.templates else {
            throw TemplateError("the app \"\(app.name)\" has no templates: call app.useTemplates(in:) in makeApp()")
        }
        return templates
    }

    private func sharedContext() throws -> [String: TemplateValue] {
        var context: [String: TemplateValue] = ["request": .object(RequestObject(request: self))]
        for processor in (route?.hooks ?? app.ownHooks).context {
            for (key, value) in try processor(self) { context[key] = value.templateValue }
        }
        return context
    }
}

extension HookRegistry {
    /// Adds variables to every template rendered in its scope; the innermost blueprint's win over the app's.
    public func contextProcessor(
        file: StaticString = #fileID, line: Int = #line, _ processor: @escaping ContextProcessor
    ) throws {
        try changeHooks("contextProcessor", CallSite(file: file, line: line)) { $0.set.context.append(processor) }
    }
}
