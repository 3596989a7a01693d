// A third, fourth and fifth table. Swift can take a tuple apart for a closure's parameters, but not put one together
// from packs in a way that its type checker follows through a chain of calls; so each number has its own function.

extension Join {
    /// The rows together with those of a third table that match.
    public func join<S1: Sendable, S2: Sendable, O1, O2, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, Source<Other>) -> Condition
    ) -> Join<(S1, S2, Source<Other>), (O1, O2, Other)> where Sources == (S1, S2), Output == (O1, O2) {
        let read = read
        return joined(.inner, alias, { condition(sources.0, sources.1, $0) }, { (sources.0, sources.1, $0) }) {
            let row = try read(&$0)
            return (row.0, row.1, try Other.read(&$0))
        }
    }

    /// All rows, each with the rows of a third table that match or with nil.
    public func leftJoin<S1: Sendable, S2: Sendable, O1, O2, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, Source<Other>) -> Condition
    ) -> Join<(S1, S2, Source<Other>), (O1, O2, Other?)> where Sources == (S1, S2), Output == (O1, O2) {
        let read = read
        return joined(.left, alias, { condition(sources.0, sources.1, $0) }, { (sources.0, sources.1, $0) }) {
            let row = try read(&$0)
            return (row.0, row.1, try Other?.read(&$0))
        }
    }
}

extension Join {
    /// The rows together with those of a fourth table that match.
    public func join<S1: Sendable, S2: Sendable, S3: Sendable, O1, O2, O3, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, S3, Source<Other>) -> Condition
    ) -> Join<(S1, S2, S3, Source<Other>), (O1, O2, O3, Other)> where Sources == (S1, S2, S3), Output == (O1, O2, O3) {
        let read = read
        return joined(
            .inner, alias, { condition(sources.0, sources.1, sources.2, $0) }, { (sources.0, sources.1, sources.2, $0) }
        ) {
            let row = try read(&$0)
            return (row.0, row.1, row.2, try Other.read(&$0))
        }
    }

    /// All rows, each with the rows of a fourth table that match or with nil.
    public func leftJoin<S1: Sendable, S2: Sendable, S3: Sendable, O1, O2, O3, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, S3, Source<Other>) -> Condition
    ) -> Join<(S1, S2, S3, Source<Other>), (O1, O2, O3, Other?)> where Sources == (S1, S2, S3), Output == (O1, O2, O3) {
        let read = read
        return joined(
            .left, alias, { condition(sources.0, sources.1, sources.2, $0) }, { (sources.0, sources.1, sources.2, $0) }
        ) {
            let row = try read(&$0)
            return (row.0, row.1, row.2, try Other?.read(&$0))
        }
    }
}

extension Join {
    /// The rows together with those of a fifth table that match.
    public func join<S1: Sendable, S2: Sendable, S3: Sendable, S4: Sendable, O1, O2, O3, O4, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, S3, S4, Source<Other>) -> Condition
    ) -> Join<(S1, S2, S3, S4, Source<Other>), (O1, O2, O3, O4, Other)>
    where Sources == (S1, S2, S3, S4), Output == (O1, O2, O3, O4) {
        let read = read
        return joined(
            .inner, alias, { condition(sources.0, sources.1, sources.2, sources.3, $0) },
            { (sources.0, sources.1, sources.2, sources.3, $0) }
        ) {
            let row = try read(&$0)
            return (row.0, row.1, row.2, row.3, try Other.read(&$0))
        }
    }

    /// All rows, each with the rows of a fifth table that match or with nil.
    public func leftJoin<S1: Sendable, S2: Sendable, S3: Sendable, S4: Sendable, O1, O2, O3, O4, Other: Record>(
        _ other: Other.Type, as alias: String? = nil, on condition: (S1, S2, S3, S4, Source<Other>) -> Condition
    ) -> Join<(S1, S2, S3, S4, Source<Other>), (O1, O2, O3, O4, Other?)>
    where Sources == (S1, S2, S3, S4), Output == (O1, O2, O3, O4) {
        let read = read
        return joined(
            .left, alias, { condition(sources.0, sources.1, sources.2, sources.3, $0) },
            { (sources.0, sources.1, sources.2, sources.3, $0) }
        ) {
            let row = try read(&$0)
            return (row.0, row.1, row.2, row.3, try Other?.read(&$0))
        }
    }
}

extension Join {
    private func joined<Other: Record, NewSources: Sendable, NewOutput>(
        _ kind: JoinKind, _ alias: String?, _ condition: (Source<Other>) -> Condition,
        _ add: (Source<Other>) -> NewSources, _ read: @escaping @Sendable (inout RecordReader) throws -> NewOutput
    ) -> Join<NewSources, NewOutput> {
        var parts = parts
        let target = parts.source(Other.self, as: alias)
        parts.join(kind, target.declaration, name: target.name, on: condition(target).sql)
        return Join<NewSources, NewOutput>(
            sources: add(target), parts: parts, columns: columns + [target.selectList],
            problem: problem ?? Other.table.problem, read: read)
    }
}
