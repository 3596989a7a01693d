/// A type with a value for NULL.
public protocol Nullable {}

extension Optional: Nullable {}

extension SQLExpression {
    /// How many rows have a value here that is not NULL.
    public var count: SQLExpression<Int> { SQLExpression<Int>("count(\(sql))", .atom) }
    /// How many different values there are, without NULL.
    public var distinctCount: SQLExpression<Int> { SQLExpression<Int>("count(DISTINCT \(sql))", .atom) }
    /// The mean; nil without rows.
    public var average: SQLExpression<Double?> { SQLExpression<Double?>("avg(\(sql))::float8", .atom) }

    /// The sum; nil without rows.
    public var sum: SQLExpression<Value?> { SQLExpression<Value?>("sum(\(sql))", .atom) }
    /// The smallest value; nil without rows.
    public var min: SQLExpression<Value?> { SQLExpression<Value?>("min(\(sql))", .atom) }
    /// The largest value; nil without rows.
    public var max: SQLExpression<Value?> { SQLExpression<Value?>("max(\(sql))", .atom) }
}

extension SQLExpression where Value: Nullable {
    public var sum: SQLExpression { SQLExpression("sum(\(sql))", .atom) }
    public var min: SQLExpression { SQLExpression("min(\(sql))", .atom) }
    public var max: SQLExpression { SQLExpression("max(\(sql))", .atom) }
}

extension SQLExpression {
    /// An aggregate over those rows only for which the condition holds: `count(…) FILTER (WHERE …)`.
    public func filter(_ condition: Condition) -> SQLExpression {
        SQLExpression("\(sql) FILTER (WHERE \(condition))", .atom)
    }

    /// The value, or another where it is NULL.
    public func ifNull<Some: SQLBindable>(_ other: Some) -> SQLExpression<Some> where Value == Some? {
        SQLExpression<Some>("coalesce(\(sql), \(other))", .atom)
    }
}

extension Source {
    /// The number of rows, or of rows in a group: `count(*)`.
    public var rowCount: SQLExpression<Int> { SQLExpression<Int>("count(*)", .atom) }
}

extension SQLExpression where Value: Numeric & SQLBindable {
    public static func + (left: SQLExpression, right: Value) -> SQLExpression { left.operation(" + ", "\(right)") }
    public static func - (left: SQLExpression, right: Value) -> SQLExpression { left.operation(" - ", "\(right)") }
    public static func * (left: SQLExpression, right: Value) -> SQLExpression { left.operation(" * ", "\(right)") }
    public static func / (left: SQLExpression, right: Value) -> SQLExpression { left.operation(" / ", "\(right)") }
    public static func + (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        left.operation(" + ", right.within(.atom))
    }
    public static func - (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        left.operation(" - ", right.within(.atom))
    }
    public static func * (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        left.operation(" * ", right.within(.atom))
    }
    public static func / (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        left.operation(" / ", right.within(.atom))
    }

    private func operation(_ sign: SQL, _ right: SQL) -> SQLExpression {
        SQLExpression(within(.atom) + sign + right, .operation)
    }
}
