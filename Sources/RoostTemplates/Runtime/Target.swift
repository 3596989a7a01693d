/// What an assignment, a loop or an import sets.
indirect enum Target {
    case slot(Int)
    /// A variable at the top level, which blocks and importers see too.
    case exported(Int, name: String)
    case tuple([Target])
    case member(Evaluator, name: String, lineBefore: Int)

    func assign(_ value: TemplateValue, _ state: RenderState) throws {
        switch self {
        case .slot(let slot): state.slots[slot] = value
        case .exported(let slot, let name):
            state.slots[slot] = value
            state.context.export(name, value)
        case .member(let object, let name, let lineBefore):
            guard case .native(let native) = try object.evaluate(state), native is NamespaceValue else {
                throw TemplateError("cannot assign attribute on non-namespace object", line: lineBefore)
            }
            try native.assign(name, value)
        case .tuple(let targets):
            let items = try value.elements()
            guard items.count == targets.count else { throw mismatch(items.count, targets.count) }
            for (target, item) in zip(targets, items) { try target.assign(item, state) }
        }
    }

    private func mismatch(_ actual: Int, _ expected: Int) -> TemplateError {
        actual > expected
            ? TemplateError("too many values to unpack (expected \(expected))")
            : TemplateError("not enough values to unpack (expected \(expected), got \(actual))")
    }
}
