/// What a path and method lead to.
public enum RouteResult {
    /// A route, and the ranges of its variables in the decoded path.
    case match(route: Int, captures: [Range<Int>])
    /// The path belongs to a route in another spelling (slash missing, slashes doubled): an encoded path to go to.
    case redirect(String)
    /// The path is known, the method is not.
    case methodNotAllowed(HTTPMethodSet)
    case notFound
}

/// All routes, matched with Werkzeug's priorities: text before variables, narrow converters before wide ones, earlier
/// registrations first.
public struct RouteTable {
    /// A route that was added.
    struct Entry {
        let pattern: RoutePattern
        let methods: HTTPMethodSet
        let steps: RouteSteps
    }

    private let root = RouteNode()
    private var entries: [Entry] = []

    public init() {}

    public var count: Int { entries.count }

    /// What became of a route: its number, or the number of the earlier one that leaves nothing for it.
    public enum Addition: Equatable {
        case added(Int)
        case shadowed(by: Int)
    }

    /// Adds a pattern for some methods. HEAD is added to GET.
    public mutating func add(_ pattern: RoutePattern, methods: HTTPMethodSet, strictSlashes: Bool = true) -> Addition {
        var methods = methods
        if methods.contains(.get) { methods.insert(.head) }
        let steps = RouteSteps(pattern)
        if let other = shadow(of: steps, methods, slash: pattern.endsWithSlash) { return .shadowed(by: other) }
        var node = root
        for step in steps.steps {
            switch step {
            case .text(let text): node = node.makeChild(text)
            case .edge(let pieces): node = node.makeEdge(pieces)
            }
        }
        let leaf = RouteNode.Leaf(
            route: entries.count, methods: methods, slash: pattern.endsWithSlash, strict: strictSlashes)
        node.leaves.append(leaf)
        entries.append(Entry(pattern: pattern, methods: methods, steps: steps))
        return .added(leaf.route)
    }

    /// Finds the route of a decoded path.
    public func match(_ path: UnsafeBufferPointer<UInt8>, method: HTTPMethod) -> RouteResult {
        var search = RouteSearch(path: path, method: method)
        if search.run(from: root) { return search.result }
        if search.needsSlash { return .redirect(Self.encoded(path, adding: true)) }
        if !search.allowed.isEmpty { return .methodNotAllowed(search.allowed) }
        return Self.hasDoubledSlash(path) ? matchMerged(path, method) : .notFound
    }

    /// Tries the path with doubled slashes merged; a hit is a redirect to it.
    private func matchMerged(_ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod) -> RouteResult {
        let merged = Self.merged(path)
        return merged.withUnsafeBufferPointer { merged in
            var search = RouteSearch(path: merged, method: method)
            if search.run(from: root) { return .redirect(Self.encoded(merged, adding: false)) }
            if search.needsSlash { return .redirect(Self.encoded(merged, adding: true)) }
            return search.allowed.isEmpty ? .notFound : .methodNotAllowed(search.allowed)
        }
    }

    private func shadow(of steps: RouteSteps, _ methods: HTTPMethodSet, slash: Bool) -> Int? {
        entries.firstIndex { entry in
            !entry.methods.isDisjoint(with: methods) && entry.pattern.endsWithSlash == slash
                && entry.steps.covers(steps)
        }
    }

    /// A path to go to is always one slash and then something else: `//host/` would lead to another site.
    private static func encoded(_ path: UnsafeBufferPointer<UInt8>, adding slash: Bool) -> String {
        PercentCoding.encodePath(merged(path)) + (slash ? "/" : "")
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

/// A pattern as the steps it takes through the trie: one per segment.
struct RouteSteps {
    enum Step {
        case text([UInt8])
        case edge([RoutePattern.Piece])
    }

    private(set) var steps: [Step] = []

    init(_ pattern: RoutePattern) {
        var segment: [RoutePattern.Piece] = []
        var spans = false
        for piece in pattern.pieces {
            switch piece {
            case .variable(_, let converter):
                spans = spans || converter.spansSegments
                segment.append(piece)
            case .text(let bytes) where spans:
                // Behind a variable that may hold slashes nothing can be split any more, except a last slash.
                segment.append(.text(bytes))
            case .text(let bytes):
                for (index, part) in bytes.split(separator: ASCII.slash, omittingEmptySubsequences: false).enumerated()
                {
                    if index > 0 { finish(&segment) }
                    if !part.isEmpty { segment.append(.text(Array(part))) }
                }
            }
        }
        if spans, pattern.endsWithSlash, case .text(let bytes) = segment.last {
            segment[segment.count - 1] = .text(bytes.dropLast())
            if bytes.count == 1 { segment.removeLast() }
        }
        finish(&segment)
    }

    /// Whether every path of other steps is matched by these first.
    func covers(_ other: RouteSteps) -> Bool {
        guard steps.count == other.steps.count else { return false }
        return zip(steps, other.steps).allSatisfy { mine, theirs in
            switch (mine, theirs) {
            case (.text(let one), .text(let two)): one == two
            case (.edge(let one), .edge(let two)):
                RouteEdge(one, target: RouteNode()).covers(RouteEdge(two, target: RouteNode()))
            default: false
            }
        }
    }

    private mutating func finish(_ segment: inout [RoutePattern.Piece]) {
        defer { segment = [] }
        guard let first = segment.first else { return }
        if segment.count == 1, case .text(let text) = first {
            steps.append(.text(text))
        } else {
            steps.append(.edge(segment))
        }
    }
}
