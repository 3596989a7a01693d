/// Where `{% trans %}`, `_(…)` and `ngettext(…)` find their texts: a catalogue of the application's.
///
/// Messages are those of gettext: `Hello %(user)s`, with `%%` for a percent sign; the engine fills the variables in after
/// the translation, escaped where text is escaped.
public protocol TemplateTranslations {
    /// The translation of a message, or the message itself.
    ///
    /// - Parameter context: what tells apart messages of the same text, as in `pgettext`.
    func text(of message: String, context: String?) -> String

    /// The translation for a number of things, in whichever of its forms the language needs.
    func text(of singular: String, plural: String, count: Int, context: String?) -> String
}

/// No translation: the texts of the templates, in English's two forms.
public struct NoTranslations: TemplateTranslations {
    /// Makes it.
    public init() {}

    public func text(of message: String, context: String?) -> String { message }

    public func text(of singular: String, plural: String, count: Int, context: String?) -> String {
        count == 1 ? singular : plural
    }
}

/// The functions that gettext has, for templates.
enum TranslationGlobals {
    static func all(_ translations: any TemplateTranslations) -> [String: TemplateValue] {
        func plain(_ name: String, _ positions: Int, _ text: @escaping ([String]) -> String) -> TemplateValue {
            .function(
                TemplateFunction(name) { call in
                    let parts = try (0..<positions).map { try Methods.required(call, $0, name).text() }
                    return try filled(text(parts), call.keywords, isSafe: call.autoescape)
                })
        }
        func counted(_ name: String, _ positions: Int, _ text: @escaping ([String], Int) -> String) -> TemplateValue {
            .function(
                TemplateFunction(name) { call in
                    let parts = try (0..<positions).map { try Methods.required(call, $0, name).text() }
                    let count = try Methods.required(call, positions, name)
                    let variables = call["num"] == nil ? [("num", count)] + call.keywords : call.keywords
                    return try filled(text(parts, try number(count)), variables, isSafe: call.autoescape)
                })
        }
        return [
            "_": plain("_", 1) { translations.text(of: $0[0], context: nil) },
            "gettext": plain("gettext", 1) { translations.text(of: $0[0], context: nil) },
            "pgettext": plain("pgettext", 2) { translations.text(of: $0[1], context: $0[0]) },
            "ngettext": counted("ngettext", 2) {
                translations.text(of: $0[0], plural: $0[1], count: $1, context: nil)
            },
            "npgettext": counted("npgettext", 3) {
                translations.text(of: $0[1], plural: $0[2], count: $1, context: $0[0])
            },
        ]
    }

    static func number(_ value: TemplateValue) throws -> Int {
        if let number = value.intValue { return number }
        if let number = value.doubleValue { return number == 1 ? 1 : 2 }
        throw TemplateError("the number of things must be a number, not '\(value.typeName)'")
    }

    /// Fills the variables into a translated text.
    static func filled(
        _ text: String, _ variables: [(name: String, value: TemplateValue)], isSafe: Bool
    ) throws -> TemplateValue {
        let values = TemplateDictionary()
        for (name, value) in variables { values[name] = value }
        return try percentFormat(text, isSafe: isSafe, values: .dict(values))
    }
}
