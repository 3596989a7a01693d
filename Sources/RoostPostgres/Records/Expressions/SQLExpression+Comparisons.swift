extension SQLExpression {
    static func compare(_ left: SQLExpression, _ operation: SQL, _ right: SQL) -> Condition {
        var sql = left.within(.operation)
        sql.append(operation)
        sql.append(right)
        return Condition(sql, .comparison)
    }

    static func compare<Other>(_ left: SQLExpression, _ operation: SQL, _ right: SQLExpression<Other>) -> Condition {
        compare(left, operation, right.within(.operation))
    }
}

extension SQLExpression where Value: SQLBindable {
    /// Equal to a value; NULL when the value is nil.
    public static func == (left: SQLExpression, right: Value) -> Condition {
        let value = right.sqlValue
        if value == .null { return left.isNull }
        return compare(left, " = ", "\(value)")
    }

    /// Unequal to a value; not NULL when the value is nil. As ever in SQL, a NULL is not unequal to anything.
    public static func != (left: SQLExpression, right: Value) -> Condition {
        let value = right.sqlValue
        if value == .null { return left.isNotNull }
        return compare(left, " <> ", "\(value)")
    }

    public static func < (left: SQLExpression, right: Value) -> Condition { compare(left, " < ", "\(right)") }
    public static func <= (left: SQLExpression, right: Value) -> Condition { compare(left, " <= ", "\(right)") }
    public static func > (left: SQLExpression, right: Value) -> Condition { compare(left, " > ", "\(right)") }
    public static func >= (left: SQLExpression, right: Value) -> Condition { compare(left, " >= ", "\(right)") }
}

extension SQLExpression {
    public static func == (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " = ", right) }
    public static func == (left: SQLExpression, right: SQLExpression<Value?>) -> Condition {
        compare(left, " = ", right)
    }
    public static func == <Some>(left: SQLExpression, right: SQLExpression<Some>) -> Condition where Value == Some? {
        compare(left, " = ", right)
    }

    public static func != (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " <> ", right) }
    public static func != (left: SQLExpression, right: SQLExpression<Value?>) -> Condition {
        compare(left, " <> ", right)
    }
    public static func != <Some>(left: SQLExpression, right: SQLExpression<Some>) -> Condition where Value == Some? {
        compare(left, " <> ", right)
    }

    public static func < (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " < ", right) }
    public static func <= (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " <= ", right) }
    public static func > (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " > ", right) }
    public static func >= (left: SQLExpression, right: SQLExpression) -> Condition { compare(left, " >= ", right) }

    public var isNull: Condition { Condition(within(.operation) + " IS NULL", .comparison) }
    public var isNotNull: Condition { Condition(within(.operation) + " IS NOT NULL", .comparison) }
}

extension SQLExpression where Value: SQLBindable {
    /// Between two values, both included.
    public func between(_ low: Value, and high: Value) -> Condition {
        Condition("\(within(.operation)) BETWEEN \(low) AND \(high)", .comparison)
    }

    /// Different from a value, where NULL counts as a value of its own (`IS DISTINCT FROM`).
    public func differs(from value: Value) -> Condition {
        Condition("\(within(.operation)) IS DISTINCT FROM \(value)", .comparison)
    }
}

extension SQLExpression where Value == Bool {
    public static func && (left: Condition, right: Condition) -> Condition {
        Condition("\(left.within(.and)) AND \(right.within(.and))", .and)
    }

    public static func || (left: Condition, right: Condition) -> Condition {
        Condition("\(left.within(.or, mixing: .and)) OR \(right.within(.or, mixing: .and))", .or)
    }

    public static prefix func ! (condition: Condition) -> Condition {
        Condition("NOT \(condition.within(.atom))", .not)
    }

    /// Every one of them is true; true when there is none.
    public static func all(_ conditions: [Condition]) -> Condition {
        conditions.first.map { conditions.dropFirst().reduce($0) { $0 && $1 } } ?? Condition("true", .atom)
    }

    /// At least one of them is true; false when there is none.
    public static func any(_ conditions: [Condition]) -> Condition {
        conditions.first.map { conditions.dropFirst().reduce($0) { $0 || $1 } } ?? Condition("false", .atom)
    }

    /// `a AND b OR c` needs no parentheses, but a reader does.
    private func within(_ limit: BindingLevel, mixing odd: BindingLevel) -> SQL {
        level == odd ? "(\(sql))" : within(limit)
    }
}
