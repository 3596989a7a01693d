/// What a template's source says about other templates and about its own names.
struct TemplateFacts {
    /// The templates that it names literally.
    var references: [TemplateReference] = []
    /// The calls of `url_for` with a literal endpoint.
    var endpoints: [EndpointReference] = []
    /// Errors in branches that may never run.
    var problems: [TemplateError] = []
    /// The template it extends, when that is a literal and always so.
    var parent: String?
    /// Whether it extends one that only the rendering knows.
    var hasUnknownParent = false
    var blocks: [BlockPlace] = []
    /// The names behind `self.`.
    var selfMembers: Set<String> = []
    /// The names that importers see, as far as they are set literally.
    var exports: [String: Binding] = [:]
    var macroUses: [ForeignMacroUse] = []
    var importedNames: [ImportedName] = []
}
