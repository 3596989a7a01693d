/// The definitions of each block along a chain of templates, the most derived first.
///
/// Chains are made once for every chain of templates that occurs and shared by all renderings.
final class BlockChains {
    private var chains: [String: [BlockCode]]
    private var extensions: [ObjectIdentifier: (template: Template, chains: BlockChains)] = [:]

    init(_ blocks: [String: BlockCode]) {
        chains = blocks.mapValues { [$0] }
    }

    private init(_ chains: [String: [BlockCode]]) { self.chains = chains }

    subscript(name: String) -> [BlockCode]? { chains[name] }

    var names: Dictionary<String, [BlockCode]>.Keys { chains.keys }

    /// The chains of a template that extends `parent`.
    func extended(by parent: Template) -> BlockChains {
        if let known = extensions[ObjectIdentifier(parent)] { return known.chains }
        let longer = BlockChains(chains.merging(parent.blocks.mapValues { [$0] }) { $0 + $1 })
        extensions[ObjectIdentifier(parent)] = (parent, longer)
        return longer
    }
}
