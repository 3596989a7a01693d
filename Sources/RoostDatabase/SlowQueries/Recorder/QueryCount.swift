public import Roost

/// How many statements ran, for tests: compares with a number, and a failed comparison shows which statements they were.
///
///     #expect(client.get("/").queries <= 4)
public struct QueryCount: Comparable, ExpressibleByIntegerLiteral, CustomStringConvertible, Sendable {
    public let count: Int
    private let statements: [String]

    public init(integerLiteral count: Int) {
        self.count = count
        statements = []
    }

    /// The statements of a request.
    init(_ trace: RequestTrace) {
        count = trace.sqlCount
        statements = trace.spans.compactMap { $0.kind == .sql ? $0.name : nil }
    }

    public static func < (one: QueryCount, other: QueryCount) -> Bool { one.count < other.count }
    public static func == (one: QueryCount, other: QueryCount) -> Bool { one.count == other.count }

    /// The number, and each statement with how often it ran, in the order of their first runs.
    public var description: String {
        var order: [String] = []
        var runs: [String: Int] = [:]
        for statement in statements {
            if runs[statement] == nil { order.append(statement) }
            runs[statement, default: 0] += 1
        }
        let lines = order.prefix(50).map { "\n  \(runs[$0, default: 0]) × \($0)" }
        return "\(count) \(count == 1 ? "statement" : "statements")" + (lines.isEmpty ? "" : ":") + lines.joined()
    }
}

extension TestResponse {
    /// The statements that the request ran, up to the end of its body.
    public var queries: QueryCount { QueryCount(trace) }
}
