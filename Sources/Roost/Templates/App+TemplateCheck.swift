public import RoostTemplates

extension App {
    /// What is wrong with the templates: misspelt filters, tests, templates, blocks, macros, their arguments, and the
    /// endpoints that `url_for` names literally. Nothing when the app has no templates.
    ///
    /// Throws what the loader throws; errors in templates are among the findings.
    public func templateFindings() throws -> TemplateFindings {
        try templates?.check { endpointError($0) } ?? TemplateFindings()
    }

    /// Logs the warnings and refuses the errors, all at once.
    func checkTemplates() throws {
        let findings = try templateFindings()
        for warning in findings.warnings {
            logger.warning(
                "\(warning.message)", metadata: ["template": "\(warning.template)", "line": "\(warning.line)"])
        }
        try findings.throwErrors()
    }

    /// Why a call of `url_for` fails whenever it runs, or nil.
    private func endpointError(_ reference: EndpointReference) -> TemplateError? {
        let named = routes.filter { isMeant($0.endpoint, by: reference.endpoint) }
        guard let route = named.first else { return reference.unknown(among: candidates(for: reference.endpoint)) }
        guard !reference.hasMoreKeywords, named.allSatisfy({ $0.pattern.text == route.pattern.text }) else {
            return nil
        }
        let missing = route.pattern.variableNames.filter { !reference.keywords.contains($0) }
        guard !missing.isEmpty else { return nil }
        let list = missing.map { "'\($0)'" }.joined(separator: ", ")
        return reference.error("url_for('\(reference.endpoint)') needs \(list) for \(route.pattern.text).")
    }

    /// `.show` is the endpoint of whichever blueprint the request has.
    private func isMeant(_ endpoint: String, by name: String) -> Bool {
        guard name.utf8.first == UInt8(ascii: ".") else { return endpoint == name }
        return endpoint.utf8.reversed().starts(with: name.utf8.reversed())
            || endpoint.utf8.elementsEqual(name.utf8.dropFirst())
    }

    private func candidates(for name: String) -> [String] {
        guard name.utf8.first == UInt8(ascii: ".") else { return routes.map(\.endpoint) }
        return routes.map { "." + ($0.endpoint.split(separator: ".").last.map { String($0) } ?? "") }
    }
}
