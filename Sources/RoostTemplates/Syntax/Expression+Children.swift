extension Expression.Kind {
    /// The expressions directly inside.
    var children: [Expression] {
        switch self {
        case .constant, .name, .namespaceMember: []
        case .attribute(let object, _), .negative(let object), .positive(let object), .not(let object): [object]
        case .item(let left, let right), .and(let left, let right), .or(let left, let right),
            .binary(_, let left, let right):
            [left, right]
        case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
        case .call(let callee, let arguments): [callee] + arguments.expressions
        case .filter(let value, _, let arguments): (value.map { [$0] } ?? []) + arguments.expressions
        case .test(let value, _, let arguments): [value] + arguments.expressions
        case .list(let items), .tuple(let items), .concatenation(let items): items
        case .dict(let items): items.flatMap { [$0.key, $0.value] }
        case .compare(let first, let operands): [first] + operands.map(\.operand)
        case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        }
    }
}

extension Arguments {
    var expressions: [Expression] {
        positional + keywords.map(\.value) + [unpackedPositional, unpackedKeywords].compactMap { $0 }
    }
}
