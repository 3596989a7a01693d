/// Lets go of lists in lists in lists without recursion: a template can nest them deeper than the stack is.
enum ContainerRelease {
    /// Takes values apart level by level; `take` hands over the only references that their owner has.
    static func release(_ take: () -> [TemplateValue]) {
        var pending = take()
        while let value = pending.popLast() {
            switch consume value {
            case .list(var list), .tuple(var list):
                if isKnownUniquelyReferenced(&list) { pending += list.takeItems() }
            case .dict(var dictionary):
                if isKnownUniquelyReferenced(&dictionary) { pending += dictionary.takeValues() }
            default: break
            }
        }
    }
}

extension TemplateValue {
    /// Whether the value holds others.
    var isContainer: Bool {
        switch self {
        case .list, .tuple, .dict: true
        default: false
        }
    }
}

extension TemplateList {
    func takeItems() -> [TemplateValue] {
        defer { items = [] }
        return items
    }
}

extension TemplateDictionary {
    func takeValues() -> [TemplateValue] {
        defer { removeAll() }
        return values
    }
}
