/// A place in the routing trie: what follows as plain text is found by hash, so the cost of a match does not grow with
/// the number of routes.
final class RouteNode {
    /// A route that ends here.
    struct Leaf {
        let route: Int
        let methods: HTTPMethodSet
        /// Whether the other slash form redirects or is not found; otherwise both forms match.
        let strict: Bool
        /// Whether a path with doubled slashes is led here.
        let merges: Bool
    }

    private struct StaticChild {
        let text: [UInt8]
        let node: RouteNode
    }

    private(set) var edges: [RouteEdge] = []
    var leaves: [Leaf] = []
    /// The node behind a slash at the end.
    private(set) var slash: RouteNode?
    private var children: [StaticChild] = []
    /// Open addressing over `children`, as index + 1; a power of two and at most half full.
    private var slots: [Int32] = []

    /// The child for a segment of plain text.
    func child(_ text: UnsafeBufferPointer<UInt8>) -> RouteNode? {
        if text.isEmpty { return slash }
        guard !slots.isEmpty else { return nil }
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if children[index].text.elementsEqual(text) { return children[index].node }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    func makeChild(_ text: [UInt8]) -> RouteNode {
        if let node = text.withUnsafeBufferPointer(child) { return node }
        let node = RouteNode()
        if text.isEmpty {
            slash = node
            return node
        }
        children.append(StaticChild(text: text, node: node))
        rehash()
        return node
    }

    func makeEdge(_ shape: RouteEdge.Shape) -> RouteNode {
        if let existing = edges.first(where: { $0.shape.key == shape.key }) { return existing.target }
        let edge = RouteEdge(shape: shape, target: RouteNode())
        let place = edges.firstIndex { shape.weight < $0.shape.weight } ?? edges.count
        edges.insert(edge, at: place)
        return edge.target
    }

    private func rehash() {
        var size = 4
        while size < children.count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (index, child) in children.enumerated() {
            var slot = child.text.withUnsafeBufferPointer(Self.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index + 1)
        }
    }

    /// FNV-1a: short keys known at start-up, no secret to protect.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
