/// The function that is being compiled.
final class FunctionBuilder {
    let code = FunctionCode()
    private let behaviour: TemplateOptions.UndefinedBehaviour
    private var contextSlots: [String: Int] = [:]

    init(_ behaviour: TemplateOptions.UndefinedBehaviour) { self.behaviour = behaviour }

    func newSlot() -> Int {
        code.slotCount += 1
        return code.slotCount - 1
    }

    /// The slot of a name that comes from the context.
    func contextSlot(_ name: String) -> Int {
        if let slot = contextSlots[name] { return slot }
        let slot = newSlot()
        contextSlots[name] = slot
        code.contextNames.append((name, hashBytes(of: name), slot, Undefined(.name(name), behaviour)))
        return slot
    }
}

/// The names that a stretch of template sets, as Jinja scopes them: a loop, a macro, a block, the root.
final class Scope {
    let parent: Scope?
    let function: FunctionBuilder
    private var slots: [String: Int] = [:]
    /// In the order of definition.
    private(set) var names: [String] = []
    /// What is known about the names that statements here set.
    private(set) var bindings: [String: Binding] = [:]
    /// Whether this is the body of a block that sees the variables around it, where nothing is known about names.
    var isScopedBlock = false
    /// Whether what is set here is exported: the root and its branches.
    let isTopLevel: Bool

    init(parent: Scope?, function: FunctionBuilder, isTopLevel: Bool = false) {
        self.parent = parent
        self.function = function
        self.isTopLevel = isTopLevel
    }

    @discardableResult
    func define(_ name: String) -> Int {
        if let slot = slots[name] { return slot }
        let slot = function.newSlot()
        slots[name] = slot
        names.append(name)
        return slot
    }

    /// Remembers what a statement makes of a name; a name that is set again is nothing certain.
    func bind(_ name: String, _ binding: Binding) {
        bindings[name] = bindings[name] == nil ? binding : .other
    }

    /// What is known about a name that is set here or further out, nil when nothing sets it.
    func binding(of name: String) -> Binding? {
        if ownSlot(name) != nil { return bindings[name] ?? .other }
        return parent?.binding(of: name)
    }

    /// Whether names from nowhere come from the context of a plain block.
    var isInBlock: Bool {
        parent.map { $0.isInBlock } ?? (!isTopLevel && !isScopedBlock)
    }

    func ownSlot(_ name: String) -> Int? { slots[name] }

    /// The variable called `name` here or further out, and how many functions further out.
    func find(_ name: String) -> (hops: Int, slot: Int)? {
        if let slot = slots[name] { return (0, slot) }
        guard let parent, let found = parent.find(name) else { return nil }
        return (found.hops + (parent.function === function ? 0 : 1), found.slot)
    }

    func evaluator(of name: String) -> Evaluator {
        guard let found = find(name) else { return LocalEvaluator(function.contextSlot(name)) }
        return found.hops == 0 ? LocalEvaluator(found.slot) : OuterEvaluator(hops: found.hops, slot: found.slot)
    }

    /// Every variable visible here, for templates that are included.
    var visibleNames: [String] {
        var found: [String] = []
        var scope: Scope? = self
        while let current = scope {
            for name in current.names where !found.contains(name) { found.append(name) }
            scope = current.parent
        }
        return found
    }
}
