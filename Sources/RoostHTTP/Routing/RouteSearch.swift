/// One walk through the trie: plain text first, then variables in their order, back one step when a way ends.
struct RouteSearch {
    let path: UnsafeBufferPointer<UInt8>
    let method: HTTPMethod
    private var captures: [Range<Int>] = []
    private var route = -1
    /// The methods of the routes whose path matched.
    private(set) var allowed: HTTPMethodSet = []
    /// A route with a slash at its end would match.
    private(set) var needsSlash = false
    private let endsWithSlash: Bool
    /// Where segments end: before a slash at the end of the path.
    private let end: Int

    init(path: UnsafeBufferPointer<UInt8>, method: HTTPMethod) {
        self.path = path
        self.method = method
        endsWithSlash = path.last == ASCII.slash
        end = endsWithSlash ? path.count - 1 : path.count
    }

    var result: RouteResult { .match(route: route, captures: captures) }

    mutating func run(from root: RouteNode) -> Bool {
        guard path.first == ASCII.slash else { return false }
        return end == 0 ? finish(root) : walk(root, from: 1)
    }

    /// Matches the segments from `start` on below a node.
    private mutating func walk(_ node: RouteNode, from start: Int) -> Bool {
        if start > end { return finish(node) }
        var stop = start
        while stop < end, path[stop] != ASCII.slash { stop += 1 }
        // An empty segment matches nothing: doubled slashes are merged by a redirect.
        if stop > start {
            let segment = UnsafeBufferPointer(rebasing: path[start..<stop])
            if let child = node.child(segment), walk(child, from: stop + 1) { return true }
        }
        for edge in node.edges {
            if !edge.spansSegments, stop == start { continue }
            let range = start..<(edge.spansSegments ? end : stop)
            if take(edge, range) { return true }
        }
        return false
    }

    private mutating func take(_ edge: RouteEdge, _ range: Range<Int>) -> Bool {
        let count = captures.count
        if edge.matches(path, range, &captures), walk(edge.target, from: range.upperBound + 1) { return true }
        captures.removeSubrange(count...)
        return false
    }

    /// Chooses among the routes that end here by slash and method.
    private mutating func finish(_ node: RouteNode) -> Bool {
        for leaf in node.leaves {
            if leaf.slash != endsWithSlash, leaf.strict {
                if leaf.slash, leaf.methods.contains(method) { needsSlash = true }
                continue
            }
            if leaf.methods.contains(method) {
                route = leaf.route
                return true
            }
            allowed.formUnion(leaf.methods)
        }
        return false
    }
}
