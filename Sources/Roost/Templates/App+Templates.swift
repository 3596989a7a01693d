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
        if let path = plainPath(endpoint, call) { return .string(path) }
        let options = AddressOptions(call)
        guard let request = currentRequest else {
            return .string(
                try urlFor(endpoint, values: options.values, external: options.isExternal, anchor: options.anchor))
        }
        return .string(
            try request.urlFor(
                endpoint, values: options.values, external: options.isExternal, scheme: options.scheme,
                method: options.method, anchor: options.anchor))
    }

    /// What most calls ask for: a path made of the values and nothing else.
    private func plainPath(_ endpoint: String, _ call: TemplateCall) -> String? {
        guard call.positional.count == 1 else { return nil }
        let path = urls.simplePath(endpoint, count: call.keywords.count) { name in
            switch call[name] {
            case .int(let number)?: .integer(number)
            case let value?: TemplateURLValue(value: value).urlText.map { .text($0) }
            case nil: nil
            }
        }
        guard let path, let prefix = currentRequest?.http.prefix, !prefix.isEmpty else { return path }
        return prefix + path
    }
}

/// What a template's `url_for` says beside the endpoint, read in one go: a page calls it for everything it shows.
private struct AddressOptions {
    var values: [(String, any URLValue)] = []
    var isExternal = false
    var scheme: String?
    var method: HTTPMethod?
    var anchor: String?

    init(_ call: TemplateCall) {
        values.reserveCapacity(call.keywords.count)
        for (name, value) in call.keywords {
            guard name.utf8.first == UInt8(ascii: "_") else {
                if name != "endpoint" { values.append((name, TemplateURLValue(value: value))) }
                continue
            }
            switch name {
            case "_external": if case .bool(true) = value { isExternal = true }
            case "_scheme": scheme = value.stringValue
            case "_method": method = value.stringValue.map { HTTPMethod($0) }
            case "_anchor": anchor = value.stringValue
            default: break
            }
        }
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
