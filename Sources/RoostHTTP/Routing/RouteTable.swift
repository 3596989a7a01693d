/// What a path and method lead to.
public enum RouteResult {
    /// A route, and the ranges of its variables in the decoded path. Ranges below zero lie in the host: -3 is its third
    /// byte from the end.
    case match(route: Int, captures: [Range<Int>])
    /// The path belongs to a route in another spelling (slash missing, slashes doubled): an encoded path to go to.
    case redirect(String)
    /// The path is known, the method is not.
    case methodNotAllowed(HTTPMethodSet)
    case notFound
}

/// All routes, matched with Werkzeug's priorities: text before variables, narrow converters before wide ones, earlier
/// registrations first. Routes of a host are tried before those of any host.
public struct RouteTable {
    /// A route that was added.
    struct Entry {
        let methods: HTTPMethodSet
        let steps: RouteSteps
        let hasHost: Bool
    }

    private let root = RouteNode()
    /// Its first step is the host; nil while no route has one.
    private var hostRoot: RouteNode?
    private var entries: [Entry] = []

    public init() {}

    public var count: Int { entries.count }

    /// Whether any route belongs to a host: then `match` must be told it.
    public var hasHosts: Bool { hostRoot != nil }

    /// What became of a route: its number, or the number of the earlier one that leaves nothing for it.
    public enum Addition: Equatable {
        case added(Int)
        case shadowed(by: Int)
    }

    /// Adds a pattern for some methods. HEAD is added to GET.
    /// - Parameters:
    ///   - host: the host it belongs to, in lower case and without port; nil for any
    ///   - strictSlashes: false lets the path match with and without a slash at its end
    ///   - mergeSlashes: false leaves paths with doubled slashes unknown
    public mutating func add(
        _ pattern: RoutePattern, host: RoutePattern? = nil, methods: HTTPMethodSet, strictSlashes: Bool = true,
        mergeSlashes: Bool = true
    ) -> Addition {
        var methods = methods
        if methods.contains(.get) { methods.insert(.head) }
        let entry = Entry(methods: methods, steps: RouteSteps(pattern, host: host), hasHost: host != nil)
        if let other = shadow(of: entry) { return .shadowed(by: other) }
        if host != nil, hostRoot == nil { hostRoot = RouteNode() }
        var node = host == nil ? root : hostRoot ?? root
        for step in entry.steps.steps {
            switch step {
            case .text(let text): node = node.makeChild(text)
            case .edge(let shape): node = node.makeEdge(shape)
            }
        }
        node.leaves.append(
            RouteNode.Leaf(route: entries.count, methods: methods, strict: strictSlashes, merges: mergeSlashes))
        entries.append(entry)
        return .added(entries.count - 1)
    }

    /// Reserves the number of a route that is never matched: one that only addresses are made from.
    public mutating func addUnmatched() -> Int {
        entries.append(Entry(methods: [], steps: RouteSteps(RoutePattern.root), hasHost: false))
        return entries.count - 1
    }

    /// Finds the route of a decoded path.
    /// - Parameter host: the request's host without port, in lower case; needed only when `hasHosts`
    public func match(_ path: UnsafeBufferPointer<UInt8>, method: HTTPMethod, host: [UInt8] = []) -> RouteResult {
        var allowed = HTTPMethodSet()
        if let found = search(path, method, host, &allowed, merged: false) { return found }
        if Self.hasDoubledSlash(path) {
            let found = Self.merged(path).withUnsafeBufferPointer { search($0, method, host, &allowed, merged: true) }
            if let found { return found }
        }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed)
    }

    /// Tries the host's routes and then those of any host. A hit on a merged path is a redirect to it.
    private func search(
        _ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod, _ host: [UInt8], _ allowed: inout HTTPMethodSet,
        merged: Bool
    ) -> RouteResult? {
        if let hostRoot, !host.isEmpty {
            let whole = host + path
            let found = whole.withUnsafeBufferPointer { whole in
                var search = RouteSearch(path: whole, hostCount: host.count, method: method)
                return run(&search, hostRoot, path, &allowed, merged)
            }
            if let found { return found }
        }
        var search = RouteSearch(path: path, method: method)
        return run(&search, root, path, &allowed, merged)
    }

    @inline(__always)
    private func run(
        _ search: inout RouteSearch, _ root: RouteNode, _ path: UnsafeBufferPointer<UInt8>,
        _ allowed: inout HTTPMethodSet, _ merged: Bool
    ) -> RouteResult? {
        if search.run(from: root) {
            guard merged else { return search.result }
            return search.merges ? .redirect(Self.encoded(path, adding: false)) : nil
        }
        if search.needsSlash { return .redirect(Self.encoded(path, adding: true)) }
        if !search.allowed.isEmpty { allowed.formUnion(search.allowed) }
        return nil
    }

    private func shadow(of new: Entry) -> Int? {
        entries.firstIndex { entry in
            !entry.methods.isDisjoint(with: new.methods) && entry.hasHost == new.hasHost
                && entry.steps.covers(new.steps)
        }
    }

    /// A path to go to is always one slash and then something else: `//host/` would lead to another site.
    private static func encoded(_ path: UnsafeBufferPointer<UInt8>, adding slash: Bool) -> String {
        PercentCoding.encodePath(path.starts(with: [ASCII.slash, ASCII.slash]) ? merged(path) : Array(path))
            + (slash ? "/" : "")
    }

    private static func merged(_ path: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var merged: [UInt8] = []
        for byte in path where byte != ASCII.slash || merged.last != ASCII.slash { merged.append(byte) }
        return merged
    }

    private static func hasDoubledSlash(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        zip(path, path.dropFirst()).contains { $0 == ASCII.slash && $1 == ASCII.slash }
    }
}
