/// One expression as written.
final class Expression {
    indirect enum Kind {
        case constant(TemplateValue)
        case name(String)
        /// `namespace.attribute` as the target of `set`.
        case namespaceMember(String, String)
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression?, Expression?, Expression?)
        case call(Expression, Arguments)
        case filter(Expression?, String, Arguments)
        case test(Expression, String, Arguments)
        case list([Expression])
        case tuple([Expression])
        case dict([(key: Expression, value: Expression)])
        case negative(Expression)
        case positive(Expression)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case concatenation([Expression])
        case compare(Expression, [(operation: Comparison, operand: Expression)])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
    }

    let kind: Kind
    let line: Int
    /// How many expressions stand inside each other here, this one included.
    let depth: Int

    init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
        depth = 1 + (kind.children.lazy.map(\.depth).max() ?? 0)
    }

    /// No tree becomes deeper, whatever the limits say: everything that walks it recurses.
    static let maximumDepth = 1000

    /// Makes an expression of others.
    ///
    /// - Throws: `TemplateError` when they nest too deep.
    static func node(_ kind: Kind, line: Int) throws -> Expression {
        let expression = Expression(kind, line: line)
        guard expression.depth <= maximumDepth else { throw TemplateError.nestedTooDeep(line: line) }
        return expression
    }
}

extension TemplateError {
    static func nestedTooDeep(line: Int) -> TemplateError {
        TemplateError("maximum recursion depth exceeded: the template nests too deep", line: line, kind: .syntax)
    }
}

enum Comparison: String {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
}

/// The arguments of a call, a filter or a test as written.
struct Arguments {
    var positional: [Expression] = []
    var keywords: [(name: String, value: Expression)] = []
    var unpackedPositional: Expression?
    var unpackedKeywords: Expression?

    var isEmpty: Bool {
        positional.isEmpty && keywords.isEmpty && unpackedPositional == nil && unpackedKeywords == nil
    }
}

/// One statement as written.
final class Statement {
    enum Kind {
        case output([OutputPart])
        case forLoop(ForLoop)
        case ifElse([Branch], elseBody: [Statement])
        case set(target: Expression, value: Expression)
        case setBlock(target: Expression, filter: Expression?, body: [Statement])
        case with(targets: [Expression], values: [Expression], body: [Statement])
        case macro(Signature)
        case callBlock(call: Expression, Signature)
        case filterBlock(filter: Expression, body: [Statement])
        case block(BlockDefinition)
        case extends(Expression)
        case include(Expression, ignoreMissing: Bool, withContext: Bool)
        case importAs(Expression, name: String, withContext: Bool)
        case fromImport(Expression, names: [(name: String, alias: String)], withContext: Bool)
        case autoescape(Expression, body: [Statement])
        case perform(Expression)
        case translation(Translation)
        case breakLoop
        case continueLoop
    }

    let kind: Kind
    let line: Int
    /// The column of its name; 0 for text and what stands for output.
    let column: Int

    init(_ kind: Kind, line: Int, column: Int = 0) {
        self.kind = kind
        self.line = line
        self.column = column
    }
}

/// One condition of an `if` with what it guards.
struct Branch {
    let line: Int
    let test: Expression
    let body: [Statement]
}

enum OutputPart {
    case text(String)
    case expression(Expression, column: Int)
}

struct ForLoop {
    let target: Expression
    let sequence: Expression
    let test: Expression?
    let isRecursive: Bool
    let body: [Statement]
    let elseBody: [Statement]
}

/// The name, parameters and body of a macro or of the caller of a call block.
struct Signature {
    let name: String
    let parameters: [String]
    /// Of the last parameters.
    let defaults: [Expression]
    let body: [Statement]
}

struct BlockDefinition {
    let name: String
    let isScoped: Bool
    let isRequired: Bool
    let body: [Statement]
}
