public import RoostTemplates

extension App {
    /// Uses the templates in folders; the first folder that has a name wins. `freeze` compiles them all.
    public func useTemplates(in folders: String..., options: TemplateOptions = TemplateOptions()) {
        useTemplates(TemplateEnvironment(loader: FormTemplates(behind: FileSystemLoader(folders: folders)), options: options))
    }

    /// Uses an environment of templates, and gives it Flask's `url_for`.
    ///
    /// Filters, tests and globals of the app go to `app.templates`.
    public func useTemplates(_ environment: TemplateEnvironment) {
        environment.global("url_for") { [unowned self] call in try urlFor(call) }
        addRequestGlobals(to: environment)
        templates = environment
    }

    /// `url_for('post', id=3, page=2, _external=true, _anchor='comments')`.
    private func urlFor(_ call: TemplateCall) throws -> TemplateValue {
        guard let endpoint = call.argument(0, "endpoint")?.stringValue else {
            throw TemplateError("url_for needs the name of an endpoint")
        }
        let values = call.keywords.filter { $0.name.utf8.first != UInt8(ascii: "_") && $0.name != "endpoint" }
            .map { ($0.name, TemplateURLValue(value: $0.value) as any URLValue) }
        let anchor = call["_anchor"]?.stringValue
        var external = false
        if case .bool(true)? = call["_external"] { external = true }
        if let request = currentRequest {
            return .string(
                try request.urlFor(
                    endpoint, values: values, external: external, scheme: call["_scheme"]?.stringValue,
                    method: call["_method"]?.stringValue.map { HTTPMethod($0) }, anchor: anchor))
        }
        return .string(try urlFor(endpoint, values: values, external: external, anchor: anchor))
    }
}

/// A template's value as one of an address: text and numbers as they print; None and undefined leave it out.
private struct TemplateURLValue: URLValue {
    let value: TemplateValue

    var urlText: String? {
        switch value {
        case .string(let text): text
        case .safe(let html): html.text
        case .int(let number): number.description
        case .float(let number): number.description
        case .bool(let flag): flag ? "True" : "False"
        default: nil
        }
    }
}
