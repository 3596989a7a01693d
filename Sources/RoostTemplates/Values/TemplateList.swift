/// A list or tuple. Lists have identity and may grow, as in Python; tuples share the type and never change.
public class TemplateList: TemplateContainer {
    /// The elements.
    public var items: [TemplateValue]

    /// Makes a list of `items`.
    public init(_ items: [TemplateValue] = []) {
        self.items = items
    }

    final override func takeContents() -> [TemplateValue] {
        defer { items = [] }
        return items
    }

    deinit {
        guard items.contains(where: \.isContainer) else { return }
        releaseContents()
    }
}
