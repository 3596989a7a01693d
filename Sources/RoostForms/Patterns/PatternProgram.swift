/// One step of a compiled pattern.
enum Step: Sendable {
    /// Takes one code point.
    case take(ScalarSet)
    case check(Assertion)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case match
}

/// Turns a pattern into steps.
enum PatternCompiler {
    /// More steps than this are refused: `(a{1000}){1000}` would be a million.
    private static let limit = 20_000

    static func compile(_ node: PatternNode) throws(PatternSyntaxError) -> [Step] {
        var program: [Step] = []
        try append(node, to: &program)
        program.append(.match)
        return program
    }

    private static func append(_ node: PatternNode, to program: inout [Step]) throws(PatternSyntaxError) {
        guard program.count < limit else { throw PatternSyntaxError(problem: "the pattern is too large", position: 0) }
        switch node {
        case .empty: break
        case .set(let set): program.append(.take(set))
        case .assertion(let assertion): program.append(.check(assertion))
        case .sequence(let nodes): for node in nodes { try append(node, to: &program) }
        case .choice(let branches): try append(choice: branches[...], to: &program)
        case .repetition(let node, let minimum, let maximum):
            for _ in 0..<minimum {
                let before = program.count
                try append(node, to: &program)
                // Nothing repeated is nothing, however often: ((){1000}){1000} must not take a million rounds.
                if program.count == before { break }
            }
            if let maximum {
                try append(optional: node, count: maximum - minimum, to: &program)
            } else {
                try append(loop: node, to: &program)
            }
        }
    }

    private static func append(choice: ArraySlice<PatternNode>, to program: inout [Step]) throws(PatternSyntaxError) {
        guard let first = choice.first else { return }
        guard choice.count > 1 else { return try append(first, to: &program) }
        let split = program.count
        program.append(.match)
        try append(first, to: &program)
        let jump = program.count
        program.append(.match)
        program[split] = .split(split + 1, program.count)
        try append(choice: choice.dropFirst(), to: &program)
        program[jump] = .jump(program.count)
    }

    private static func append(loop node: PatternNode, to program: inout [Step]) throws(PatternSyntaxError) {
        let split = program.count
        program.append(.match)
        try append(node, to: &program)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }

    private static func append(optional node: PatternNode, count: Int, to program: inout [Step])
        throws(PatternSyntaxError)
    {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(program.count)
            program.append(.match)
            try append(node, to: &program)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }
}

/// One matching: the set of steps that could come next, moved over the text.
struct PatternRun {
    let program: [Step]
    let scalars: [Unicode.Scalar]

    func matches(_ anchor: Pattern.Anchor) -> Bool {
        var current = StepSet(program.count)
        var next = StepSet(program.count)
        for position in 0...scalars.count {
            if position == 0 || anchor == .anywhere { add(0, position, &current) }
            if current.matched, anchor != .whole || position == scalars.count { return true }
            guard position < scalars.count, !(current.steps.isEmpty && anchor != .anywhere) else { return false }
            next.removeAll()
            for step in current.steps {
                if case .take(let set) = program[step], set.contains(scalars[position]) {
                    add(step + 1, position + 1, &next)
                }
            }
            swap(&current, &next)
        }
        return false
    }

    /// Follows jumps, splits and assertions from a step, with a list of its own instead of recursion.
    private func add(_ first: Int, _ position: Int, _ set: inout StepSet) {
        set.waiting.append(first)
        while let step = set.waiting.popLast() {
            guard set.insert(step) else { continue }
            switch program[step] {
            case .take: set.steps.append(step)
            case .match: set.matched = true
            case .jump(let target): set.waiting.append(target)
            case .split(let one, let other):
                set.waiting.append(other)
                set.waiting.append(one)
            case .check(let assertion): if holds(assertion, at: position) { set.waiting.append(step + 1) }
            }
        }
    }

    private func holds(_ assertion: Assertion, at position: Int) -> Bool {
        switch assertion {
        case .start: position == 0
        case .end: position == scalars.count
        case .endOrLineFeed: position == scalars.count || (position == scalars.count - 1 && scalars[position] == "\n")
        case .boundary: isBoundary(position)
        case .notBoundary: !isBoundary(position)
        }
    }

    private func isBoundary(_ position: Int) -> Bool {
        let before = position > 0 && ScalarSet.isWord(scalars[position - 1])
        let after = position < scalars.count && ScalarSet.isWord(scalars[position])
        return before != after
    }
}

/// The steps reached at one place of the text, each once.
struct StepSet {
    var steps: [Int] = []
    var matched = false
    /// Steps still to be followed while one is added; empty otherwise.
    var waiting: [Int] = []
    private var seen: [Bool]
    private var touched: [Int] = []

    init(_ count: Int) { seen = Array(repeating: false, count: count) }

    mutating func insert(_ step: Int) -> Bool {
        if seen[step] { return false }
        seen[step] = true
        touched.append(step)
        return true
    }

    mutating func removeAll() {
        for step in touched { seen[step] = false }
        touched.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
        matched = false
    }
}
