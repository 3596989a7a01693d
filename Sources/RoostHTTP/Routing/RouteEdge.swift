/// What leads from one node of the routing trie to the next when plain text does not: a segment with variables in it,
/// or, when a variable may hold slashes, everything up to the end of the pattern.
struct RouteEdge {
    let pieces: [RoutePattern.Piece]
    let spansSegments: Bool
    let target: RouteNode

    init(_ pieces: [RoutePattern.Piece], target: RouteNode) {
        self.pieces = pieces
        self.target = target
        spansSegments = pieces.contains { piece in
            if case .variable(_, let converter) = piece { converter.spansSegments } else { false }
        }
    }

    /// Equal for edges that match the same texts.
    var key: String {
        pieces.map { piece in
            switch piece {
            case .text(let bytes): String(decoding: bytes, as: UTF8.self)
            case .variable(_, let converter): "<" + converter.key + ">"
            }
        }.joined()
    }

    /// Whether this edge is tried before another: more text first, then longer text, then Werkzeug's converter weights.
    func precedes(_ other: RouteEdge) -> Bool {
        if spansSegments != other.spansSegments { return other.spansSegments }
        let (mine, theirs) = (weight, other.weight)
        if mine.texts != theirs.texts { return mine.texts > theirs.texts }
        if mine.length != theirs.length { return mine.length > theirs.length }
        if mine.variables != theirs.variables { return mine.variables > theirs.variables }
        return mine.converters < theirs.converters
    }

    /// Whether every text that another edge matches is matched here first.
    func covers(_ other: RouteEdge) -> Bool {
        if key == other.key { return true }
        guard !other.precedes(self), pieces.count == 1, case .variable(_, let converter) = pieces[0],
            other.pieces.count == 1, case .variable(_, let theirs) = other.pieces[0]
        else { return false }
        return converter.covers(theirs)
    }

    /// Matches the whole of a range, appending the ranges of its variables.
    @inline(__always)
    func matches(_ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ captures: inout [Range<Int>]) -> Bool {
        if pieces.count == 1, case .variable(_, let converter) = pieces[0] {
            guard converter.matches(UnsafeBufferPointer(rebasing: path[range])) else { return false }
            captures.append(range)
            return true
        }
        guard range.count <= longest else { return false }
        return matches(path, range, piece: 0, &captures)
    }

    /// Going back byte by byte costs a power of the length per variable: longer texts are not worth it, and hostile.
    private var longest: Int {
        switch weight.variables {
        case 0...1: .max
        case 2: 2048
        default: 128
        }
    }

    /// Several pieces: a variable takes as much as it can and gives back byte by byte, as a regular expression does.
    private func matches(
        _ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, piece: Int, _ captures: inout [Range<Int>]
    ) -> Bool {
        guard piece < pieces.count else { return range.isEmpty }
        switch pieces[piece] {
        case .text(let text):
            guard path[range].starts(with: text) else { return false }
            return matches(path, range.lowerBound + text.count..<range.upperBound, piece: piece + 1, &captures)
        case .variable(_, let converter):
            if piece == pieces.count - 1 { return take(path, range, range.upperBound, converter, piece, &captures) }
            var next: UInt8?
            if case .text(let text) = pieces[piece + 1] { next = text[0] }
            var end = range.upperBound
            while end > range.lowerBound {
                defer { end -= 1 }
                if let next, end == range.upperBound || path[end] != next { continue }
                if take(path, range, end, converter, piece, &captures) { return true }
            }
            return false
        }
    }

    private func take(
        _ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ end: Int, _ converter: PathConverter, _ piece: Int,
        _ captures: inout [Range<Int>]
    ) -> Bool {
        let taken = UnsafeBufferPointer(rebasing: path[range.lowerBound..<end])
        if !converter.spansSegments, spansSegments, taken.contains(ASCII.slash) { return false }
        guard converter.matches(taken) else { return false }
        let count = captures.count
        captures.append(range.lowerBound..<end)
        if matches(path, end..<range.upperBound, piece: piece + 1, &captures) { return true }
        captures.removeSubrange(count...)
        return false
    }

    private var weight: (texts: Int, length: Int, variables: Int, converters: Int) {
        var weight = (texts: 0, length: 0, variables: 0, converters: 0)
        for piece in pieces {
            switch piece {
            case .text(let bytes):
                weight.texts += 1
                weight.length += bytes.count
            case .variable(_, let converter):
                weight.variables += 1
                weight.converters += converter.weight
            }
        }
        return weight
    }
}
