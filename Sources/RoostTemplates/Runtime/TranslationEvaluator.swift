/// The text of a `{% trans %}` block in the language of the rendering, with its variables filled in.
final class TranslationEvaluator: Evaluator {
    private let translations: any TemplateTranslations
    private let context: String?
    private let singular: String
    private let plural: (text: String, count: Evaluator)?
    private let variables: [(name: String, value: Evaluator)]
    private let isSafe: Bool

    init(
        _ translation: Translation, _ translations: any TemplateTranslations, count: Evaluator?,
        variables: [(name: String, value: Evaluator)], isSafe: Bool
    ) {
        self.translations = translations
        context = translation.context
        singular = translation.singular
        plural = translation.plural.flatMap { plural in count.map { (plural.text, $0) } }
        self.variables = variables
        self.isSafe = isSafe
    }

    override func evaluate(_ state: RenderState) throws -> TemplateValue {
        let values = try variables.map { ($0.name, try $0.value.evaluate(state)) }
        guard let plural else {
            return try TranslationGlobals.filled(
                translations.text(of: singular, context: context), values, isSafe: isSafe)
        }
        let count = try plural.count.evaluate(state)
        let text = translations.text(
            of: singular, plural: plural.text, count: try TranslationGlobals.number(count), context: context)
        return try TranslationGlobals.filled(text, [("num", count)] + values, isSafe: isSafe)
    }
}
