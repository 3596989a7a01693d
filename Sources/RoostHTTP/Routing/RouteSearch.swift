/// One walk through the trie, in Werkzeug's order: plain text first, then variables by weight, back one step when a way
/// ends. A route that only lacks a slash at the end of the path ends the walk, even when a later one would match.
struct RouteSearch {
    let path: UnsafeBufferPointer<UInt8>
    let method: HTTPMethod
    private var captures: [Range<Int>] = []
    /// The route that was found; -1 before.
    private var route = -1
    /// Whether that route takes paths with doubled slashes.
    private(set) var merges = false
    /// The methods of the routes whose path matched.
    private(set) var allowed = HTTPMethodSet()
    /// A route with a slash at its end would match.
    private(set) var needsSlash = false
    /// How many bytes of `path` are the host's.
    private let hostCount: Int

    /// - Parameters:
    ///   - path: the decoded path, with the host before it when `hostCount` is not 0
    ///   - hostCount: how long that host is
    init(path: UnsafeBufferPointer<UInt8>, hostCount: Int = 0, method: HTTPMethod) {
        self.path = path
        self.method = method
        self.hostCount = hostCount
    }

    /// The route, and the ranges of its variables; those in the host count backwards from the path's begin.
    var result: RouteResult? {
        guard route >= 0 else { return nil }
        if hostCount == 0 { return .match(route: route, captures: captures) }
        let shifted = captures.map { $0.lowerBound - hostCount..<$0.upperBound - hostCount }
        return .match(route: route, captures: shifted)
    }

    /// Whether a route was found.
    mutating func run(from root: RouteNode) -> Bool {
        guard hostCount < path.count, path[hostCount] == ASCII.slash else { return false }
        return walk(root, from: hostCount == 0 ? 1 : 0)
    }

    /// Matches the segments from `start` on below a node; a start behind the end means that none are left.
    private mutating func walk(_ node: RouteNode, from start: Int) -> Bool {
        if start > path.count { return finish(node) }
        var stop = start
        while stop < path.count, path[stop] != ASCII.slash { stop += 1 }
        if let child = node.child(UnsafeBufferPointer(rebasing: path[start..<stop])), walk(child, from: stop + 1) {
            return true
        }
        for edge in node.edges where !needsSlash {
            if edge.shape.spansSegments {
                if takeRest(edge, from: start) { return true }
            } else if start < stop, take(edge, start..<stop, next: stop + 1) {
                return true
            }
        }
        return !needsSlash && start == path.count && finishLoosely(node)
    }

    private mutating func take(_ edge: RouteEdge, _ range: Range<Int>, next: Int) -> Bool {
        let count = captures.count
        if edge.matches(path, range, &captures), walk(edge.target, from: next) { return true }
        captures.removeSubrange(count...)
        return false
    }

    /// An edge that takes all the rest, slashes included; one with a slash at its end leaves the path's last slash.
    private mutating func takeRest(_ edge: RouteEdge, from start: Int) -> Bool {
        guard start < path.count else { return false }
        guard edge.shape.isSuffixed else { return take(edge, start..<path.count, next: path.count + 1) }
        let end = path[path.count - 1] == ASCII.slash ? path.count - 1 : path.count
        guard end > start, path[end - 1] != ASCII.slash else { return false }
        return take(edge, start..<end, next: end + 1)
    }

    /// Chooses among the routes that end here; then among those that only want a slash more.
    private mutating func finish(_ node: RouteNode) -> Bool {
        for index in node.leaves.indices where accept(node, index) { return true }
        guard let slash = node.slash else { return false }
        for leaf in slash.leaves where leaf.methods.contains(method) {
            if leaf.strict { needsSlash = true } else { (route, merges) = (leaf.route, leaf.merges) }
            return !leaf.strict
        }
        return false
    }

    /// The path has a slash that the routes here do not have: only the ones that do not care match.
    private mutating func finishLoosely(_ node: RouteNode) -> Bool {
        for index in node.leaves.indices where !node.leaves[index].strict && accept(node, index) { return true }
        return false
    }

    @inline(__always)
    private mutating func accept(_ node: RouteNode, _ index: Int) -> Bool {
        guard node.leaves[index].methods.contains(method) else {
            allowed.formUnion(node.leaves[index].methods)
            return false
        }
        (route, merges) = (node.leaves[index].route, node.leaves[index].merges)
        return true
    }
}
