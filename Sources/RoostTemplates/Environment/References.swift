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
    /// The template of the call.
    public let template: String
    /// The line of the call.
    public let line: Int

    /// The error of an endpoint that does not exist, with the nearest that does.
    public func unknown(among endpoints: some Sequence<String>) -> TemplateError {
        var error = TemplateError.missing(
            "No endpoint named '\(endpoint)'.", endpoint, among: endpoints, kind: .syntax)
        (error.template, error.line) = (template, line)
        return error
    }
}
