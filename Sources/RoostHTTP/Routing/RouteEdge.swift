/// What leads from one node of the routing trie to the next when plain text does not: a segment with variables in it,
/// or, when a variable may hold slashes, everything up to the end of the pattern.
struct RouteEdge {
    /// What an edge matches.
    struct Shape {
        let pieces: [RoutePattern.Piece]
        /// Everything up to the end of the path is matched at once.
        let spansSegments: Bool
        /// The pattern goes on with a slash at its end.
        let isSuffixed: Bool
        let weight: RouteWeight

        init(_ pieces: [RoutePattern.Piece], spansSegments: Bool, isSuffixed: Bool) {
            self.pieces = pieces
            self.spansSegments = spansSegments
            self.isSuffixed = isSuffixed
            weight = RouteWeight(pieces)
        }

        /// Equal for edges that match the same texts.
        var key: String {
            pieces.map { piece in
                switch piece {
                case .text(let bytes): String(decoding: bytes, as: UTF8.self)
                case .variable(_, let converter): "<" + converter.key + ">"
                }
            }.joined() + (isSuffixed ? "/?" : "")
        }

        /// Whether every text that another edge matches is matched here first.
        func covers(_ other: Shape) -> Bool {
            if key == other.key { return true }
            guard !(other.weight < weight), pieces.count == 1, case .variable(_, let converter) = pieces[0],
                other.pieces.count == 1, case .variable(_, let theirs) = other.pieces[0]
            else { return false }
            return converter.covers(theirs)
        }
    }

    let shape: Shape
    let target: RouteNode

    /// Matches the whole of a range, appending the ranges of its variables.
    @inline(__always)
    func matches(_ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ captures: inout [Range<Int>]) -> Bool {
        let pieces = shape.pieces
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
        switch shape.weight.converters.count {
        case 0...1: .max
        case 2: 2048
        default: 128
        }
    }

    /// Several pieces. A variable takes as much as it can and gives back byte by byte, as a regular expression does;
    /// one that may hold slashes takes as little as it can.
    private func matches(
        _ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, piece: Int, _ captures: inout [Range<Int>]
    ) -> Bool {
        guard piece < shape.pieces.count else { return range.isEmpty }
        switch shape.pieces[piece] {
        case .text(let text):
            guard path[range].starts(with: text) else { return false }
            return matches(path, range.lowerBound + text.count..<range.upperBound, piece: piece + 1, &captures)
        case .variable(_, let converter):
            if piece == shape.pieces.count - 1 {
                return take(path, range, range.upperBound, converter, piece, &captures)
            }
            let ends = range.isEmpty ? 0..<0 : range.lowerBound + 1..<range.upperBound + 1
            return converter.spansSegments
                ? tryEnds(ends, path, range, converter, piece, &captures)
                : tryEnds(ends.reversed(), path, range, converter, piece, &captures)
        }
    }

    private func tryEnds(
        _ ends: some Sequence<Int>, _ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ converter: PathConverter,
        _ piece: Int, _ captures: inout [Range<Int>]
    ) -> Bool {
        var next: UInt8?
        if case .text(let text) = shape.pieces[piece + 1] { next = text[0] }
        for end in ends {
            if let next, end == range.upperBound || path[end] != next { continue }
            if take(path, range, end, converter, piece, &captures) { return true }
        }
        return false
    }

    private func take(
        _ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ end: Int, _ converter: PathConverter, _ piece: Int,
        _ captures: inout [Range<Int>]
    ) -> Bool {
        let taken = UnsafeBufferPointer(rebasing: path[range.lowerBound..<end])
        if !converter.spansSegments, shape.spansSegments, taken.contains(ASCII.slash) { return false }
        guard converter.matches(taken) else { return false }
        let count = captures.count
        captures.append(range.lowerBound..<end)
        if matches(path, end..<range.upperBound, piece: piece + 1, &captures) { return true }
        captures.removeSubrange(count...)
        return false
    }
}

/// Where an edge stands among those of its node, as Werkzeug orders them: more text first, then longer text, then more
/// variables, then narrower ones.
struct RouteWeight: Comparable {
    /// The lengths of the texts between slashes and variables.
    private(set) var texts: [Int] = []
    /// The weights of the variables' converters.
    private(set) var converters: [Int] = []

    init(_ pieces: [RoutePattern.Piece]) {
        for piece in pieces {
            switch piece {
            case .text(let bytes): texts += bytes.split(separator: ASCII.slash).map(\.count)
            case .variable(_, let converter): converters.append(converter.weight)
            }
        }
    }

    static func < (one: RouteWeight, other: RouteWeight) -> Bool {
        if one.texts.count != other.texts.count { return one.texts.count > other.texts.count }
        if one.texts != other.texts { return other.texts.lexicographicallyPrecedes(one.texts) }
        if one.converters.count != other.converters.count { return one.converters.count > other.converters.count }
        return one.converters.lexicographicallyPrecedes(other.converters)
    }
}
