internal import RoostMarkup

/// A template that another one names literally.
public struct TemplateReference: Sendable {
    /// The name as written.
    public let name: String
    /// The template that names it.
    public let template: String
    /// The line of the name.
    public let line: Int
    /// Whether a missing template is an error: not with `ignore missing`, not in a list of several.
    public let isRequired: Bool
}

/// A call of `url_for` whose endpoint is a literal, so that it can be checked when the application starts.
public struct EndpointReference: Sendable {
    /// The endpoint as written.
    public let endpoint: String
    /// The names of the keyword arguments.
    public let keywords: [String]
    /// Whether there are more, from a `**mapping`.
    public let hasMoreKeywords: Bool
    /// The template of the call.
    public let template: String
    /// The line of the call.
    public let line: Int

    /// The error of an endpoint that does not exist, with the nearest that does.
    public func unknown(among endpoints: some Sequence<String>) -> TemplateError {
        let near = NearestName.of(endpoint, among: endpoints.sorted())
        var error = self.error("No endpoint named '\(endpoint)'." + (near.map { " Did you mean '\($0)'?" } ?? ""))
        error.suggestions = near.map { [$0] } ?? []
        return error
    }

    /// An error at the place of the call.
    public func error(_ message: String) -> TemplateError {
        TemplateError(message, template: template, line: line, kind: .syntax)
    }
}
