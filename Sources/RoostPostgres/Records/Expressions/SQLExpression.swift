/// A part of a statement that has a value of type `Value`: a column, a comparison, a function, a subquery.
///
/// Interpolated into ``SQL`` it is inserted with its own parameters: `"… ORDER BY \(post.timestamp)"`.
public struct SQLExpression<Value>: Sendable {
    /// The expression's SQL and its bound values.
    public let sql: SQL
    let level: BindingLevel
    /// The name of the result's column, when the expression is selected.
    var label: String?

    init(_ sql: SQL, _ level: BindingLevel) {
        self.sql = sql
        self.level = level
    }

    /// An expression written by hand: `SQLExpression("length(\($0.body))", as: Int.self) > 10`.
    ///
    /// - Parameters:
    ///   - sql: The SQL; parentheses are set around it where it is combined with others.
    ///   - type: What its value is read as.
    public init(_ sql: SQL, as type: Value.Type = Value.self) {
        self.init(sql, .or)
    }

    /// The SQL, in parentheses unless it holds together at least as tightly as `limit`.
    func within(_ limit: BindingLevel) -> SQL {
        level <= limit ? sql : "(\(sql))"
    }

    /// The expression under a name of its own in the result: `count(*) AS "comments"`.
    public func labelled(_ name: String) -> SQLExpression<Value> {
        var copy = self
        copy.label = name
        return copy
    }

    /// The expression as SELECT shows it.
    var selected: SQL {
        guard let label else { return sql }
        return "\(sql) AS \(identifier: label)"
    }

    /// The same SQL read as another type, such as `Int.self` for an `Int?` that cannot be NULL here.
    public func typed<Other>(_ type: Other.Type) -> SQLExpression<Other> {
        SQLExpression<Other>(sql, level)
    }

    /// The same SQL with NULL allowed, as the columns of a left join need it.
    public var optional: SQLExpression<Value?> { typed(Value?.self) }
}

/// How tightly an expression holds together, from tight to loose.
enum BindingLevel: Int, Sendable, Comparable {
    case atom, operation, comparison, not, and, or

    static func < (left: BindingLevel, right: BindingLevel) -> Bool { left.rawValue < right.rawValue }
}

/// An expression that is true or false, as WHERE, HAVING and ON take it.
public typealias Condition = SQLExpression<Bool>

extension SQL.StringInterpolation {
    /// Inserts an expression with its parameters.
    public mutating func appendInterpolation<Value>(_ expression: SQLExpression<Value>) {
        sql.append(expression.sql)
    }

    /// Inserts a record's table name.
    public mutating func appendInterpolation<R: Record>(_ table: Table<R>) {
        sql.append(table.sql)
    }
}

extension SQLExpression where Value: SQLBindable {
    /// A value as an expression: a bound parameter.
    public static func value(_ value: Value) -> SQLExpression<Value> {
        SQLExpression("\(value)", .atom)
    }

    /// A value that no log, error or event may show.
    public static func secret(_ value: Value) -> SQLExpression<Value> {
        SQLExpression("\(secret: value)", .atom)
    }
}
