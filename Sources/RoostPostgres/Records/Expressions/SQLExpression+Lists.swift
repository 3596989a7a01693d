extension SQLExpression where Value: SQLBindable {
    /// One of the values. The list is one parameter, so that lists of every length share a prepared statement.
    public func isIn(_ values: some Sequence<Value>) -> Condition {
        Condition("\(within(.operation)) = ANY(\(Array(values)))", .comparison)
    }

    /// None of the values; true for an empty list. As ever in SQL, NULL is not unequal to anything.
    public func isNotIn(_ values: some Sequence<Value>) -> Condition {
        Condition("\(within(.operation)) <> ALL(\(Array(values)))", .comparison)
    }
}

extension SQLExpression {
    /// One of the values that a query selects.
    public func isIn(_ selection: Selection<Value>) -> Condition {
        Condition("\(within(.operation)) IN (\(selection.sql))", .comparison)
    }

    /// None of the values that a query selects. One NULL among them makes it true for no row; leave NULLs out.
    public func isNotIn(_ selection: Selection<Value>) -> Condition {
        Condition("\(within(.operation)) NOT IN (\(selection.sql))", .comparison)
    }
}

extension SQLExpression {
    /// A nullable column among values that are not NULL.
    public func isIn<Some: SQLBindable>(_ values: some Sequence<Some>) -> Condition where Value == Some? {
        Condition("\(within(.operation)) = ANY(\(Array(values)))", .comparison)
    }

    /// A nullable column among a query's values that are not NULL.
    public func isIn<Some>(_ selection: Selection<Some>) -> Condition where Value == Some? {
        Condition("\(within(.operation)) IN (\(selection.sql))", .comparison)
    }
}
