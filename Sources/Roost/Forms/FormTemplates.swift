public import RoostTemplates

/// A loader that adds the macros for forms to an application's templates; a template of the application wins.
///
/// They are named `roost/forms.html`, and `bootstrap/wtf.html` as in Flask-Bootstrap:
///
/// ```
/// {% import "bootstrap/wtf.html" as wtf %}
/// {{ wtf.quick_form(form) }}
/// ```
public struct FormTemplates: TemplateLoader {
    private let own: any TemplateLoader
    private static let names = ["bootstrap/wtf.html", "roost/forms.html"]

    /// Adds the macros to the templates of a loader.
    public init(behind own: any TemplateLoader) { self.own = own }

    public func source(of name: String) throws -> String? {
        try own.source(of: name) ?? (Self.names.contains(name) ? Self.macros : nil)
    }

    public func version(of name: String) -> UInt64? { own.version(of: name) }

    public func names() throws -> [String] { Set(try own.names()).union(Self.names).sorted() }
}
