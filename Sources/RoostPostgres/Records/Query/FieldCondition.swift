/// A condition on one column by key path, for places where a closure would not read well:
/// `guard let user = try User.query.where(\.username == name).first(in: database) else …`.
public struct FieldCondition<R: Record> {
    let make: (Source<R>) -> Condition
}

public func == <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] == value }
}

public func != <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] != value }
}

public func < <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] < value }
}

public func <= <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] <= value }
}

public func > <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] > value }
}

public func >= <R: Record, Value: SQLBindable>(
    path: KeyPath<Source<R>, SQLExpression<Value>>, value: Value
) -> FieldCondition<R> {
    FieldCondition { $0[keyPath: path] >= value }
}
