extension Compiler {
    /// Remembers the templates that an expression names literally.
    func note(_ name: Expression, isRequired: Bool) {
        switch name.kind {
        case .constant(let value):
            guard let text = value.stringValue else { return }
            references.append(TemplateReference(name: text, template: template, line: name.line, isRequired: isRequired))
        case .list(let items), .tuple(let items): for item in items { note(item, isRequired: false) }
        case .conditional(_, let then, let otherwise):
            note(then, isRequired: isRequired)
            if let otherwise { note(otherwise, isRequired: isRequired) }
        default: return
        }
    }

    /// Remembers `url_for('endpoint')`.
    func noteEndpoint(_ callee: Expression, _ arguments: Arguments, line: Int) {
        guard case .name("url_for") = callee.kind, let first = arguments.positional.first,
            case .constant(let value) = first.kind, let endpoint = value.stringValue
        else { return }
        endpoints.append(
            EndpointReference(
                endpoint: endpoint, keywords: arguments.keywords.map(\.name), template: template, line: line))
    }
}
