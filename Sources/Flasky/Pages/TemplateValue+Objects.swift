internal import RoostTemplates

extension TemplateValue {
    /// A list of the application's values.
    static func objects(_ values: [some TemplateObject]) -> TemplateValue { .array(values.map { .object($0) }) }
}
