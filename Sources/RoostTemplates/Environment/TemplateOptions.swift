/// The settings of an environment; the defaults are Flask's.
public struct TemplateOptions {
    /// What an undefined value does.
    public enum UndefinedBehaviour {
        /// Prints nothing; using it further is an error.
        case lenient
        /// Members of an undefined value are undefined too.
        case chainable
        /// Printing shows what is missing.
        case debug
        /// Any use but `is defined` and `default` is an error.
        case strict
    }

    /// Whether the newline after a tag goes.
    public var trimBlocks = false

    /// Whether whitespace before a tag at the start of a line goes.
    public var lstripBlocks = false

    /// Whether the newline at the end of a template stays.
    public var keepTrailingNewline = false

    /// What an undefined value does.
    public var undefined = UndefinedBehaviour.lenient

    /// Whether `{% do %}` is a tag.
    public var allowsDo = false

    /// Whether `{% break %}` and `{% continue %}` are tags.
    public var allowsLoopControls = false

    /// The texts of `{% trans %}` and `gettext`; without them there is no such tag, as in Jinja without its extension.
    public var translations: (any TemplateTranslations)?

    /// What a template may use up before it is stopped.
    public var limits = TemplateLimits()

    /// Whether text in the template of this name is escaped.
    public var autoescape: (_ name: String) -> Bool = TemplateOptions.escapesByFileName

    /// Makes the defaults.
    public init() {}

    /// Flask's rule: `.html .htm .xml .xhtml .svg`.
    public static func escapesByFileName(_ name: String) -> Bool {
        [".html", ".htm", ".xml", ".xhtml", ".svg"].contains { name.hasSuffix($0) }
    }
}
