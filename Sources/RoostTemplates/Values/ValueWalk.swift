/// Counts the way through nested values, because a list may contain itself and two lists may contain each other
/// a million times over.
struct ValueWalk {
    /// Deeper values are refused; each level is a few frames of the stack.
    static let maximumDepth = 200
    private static let maximumVisits = 20_000_000

    private var depth = 0
    private var visits = 0

    /// Goes into a container of `count` elements.
    ///
    /// - Throws: `TemplateError` when values nest too deep, or there are too many.
    @inline(__always)
    mutating func enter(_ count: Int) throws {
        depth += 1
        visits += count + 1
        if depth > Self.maximumDepth || visits > Self.maximumVisits { throw Self.tooDeep }
    }

    @inline(__always)
    mutating func leave() { depth -= 1 }

    static var tooDeep: TemplateError { TemplateError("maximum recursion depth exceeded: a value nests too deep") }
}
