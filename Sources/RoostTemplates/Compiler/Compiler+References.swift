extension Compiler {
    /// Remembers the templates that an expression names literally.
    func note(_ name: Expression, isRequired: Bool) {
        switch name.kind {
        case .constant(let value):
            guard let text = value.stringValue else { return }
            facts.references.append(
                TemplateReference(name: text, template: template, line: name.line, isRequired: isRequired))
        case .list(let items), .tuple(let items): for item in items { note(item, isRequired: false) }
        case .conditional(_, let then, let otherwise):
            note(then, isRequired: isRequired)
            if let otherwise { note(otherwise, isRequired: isRequired) }
        default: return
        }
    }

    /// Remembers the template that this one extends.
    func noteParent(_ name: Expression, _ scope: Scope) {
        note(name, isRequired: true)
        if scope.isTopLevel, branchDepth == 0, facts.parent == nil, let literal = name.literalText {
            facts.parent = literal
        } else {
            facts.hasUnknownParent = true
        }
    }

    /// Remembers a call: `url_for('endpoint')`, `macro(…)`, `module.macro(…)`.
    func noteCall(_ callee: Expression, _ arguments: Arguments, _ scope: Scope, line: Int, isCallBlock: Bool = false) {
        if case .name("url_for") = callee.kind { noteEndpoint(arguments, line: line) }
        let (name, member): (String, String?)
        switch callee.kind {
        case .name(let own): (name, member) = (own, nil)
        case .attribute(let object, let own):
            guard case .name(let module) = object.kind else { return }
            (name, member) = (module, own)
        default: return
        }
        let use = MacroUse(
            name: name, member: member, positional: arguments.positional.count,
            keywords: arguments.keywords.map(\.name) + (isCallBlock ? ["caller"] : []), template: template, line: line)
        calls.append((scope, use))
    }

    private func noteEndpoint(_ arguments: Arguments, line: Int) {
        guard let endpoint = arguments.positional.first?.literalText else { return }
        facts.endpoints.append(
            EndpointReference(
                endpoint: endpoint, keywords: arguments.keywords.map(\.name),
                hasMoreKeywords: arguments.unpackedKeywords != nil, template: template, line: line))
    }

    /// Checks the calls of this template's macros, once all names are known, and keeps those of other templates'.
    func resolveCalls(root: Scope) {
        for (scope, use) in calls {
            let found = scope.binding(of: use.name)
            let binding = found ?? (scope.isInBlock ? root.bindings[use.name] : nil) ?? .other
            let contextName = found == nil ? use.name : nil
            if case .macro(let signature) = binding, contextName == nil, use.member == nil {
                if let problem = signature.problem(use) { facts.problems.append(problem) }
            } else {
                facts.macroUses.append(ForeignMacroUse(use: use, binding: binding, contextName: contextName))
            }
        }
        facts.macroUses.removeAll { if case .other = $0.binding { true } else { false } }
        facts.exports = root.bindings
    }
}

extension Expression {
    /// The text of a string literal.
    var literalText: String? {
        guard case .constant(let value) = kind else { return nil }
        return value.stringValue
    }
}
