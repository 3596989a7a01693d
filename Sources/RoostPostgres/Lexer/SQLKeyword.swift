/// The words that the fingerprint and the formatter treat by name. Any other word may be a name or a function.
enum SQLKeyword {
    /// Behind these a sign belongs to the number that follows.
    static let precedeOperand: Set<String> = [
        "all", "and", "any", "between", "by", "case", "default", "distinct", "else", "escape", "for", "from",
        "having", "ilike", "in", "is", "like", "limit", "not", "offset", "on", "or", "return", "returning", "select",
        "set", "similar", "then", "to", "using", "values", "when", "where",
    ]

    /// Never a function: a blank stands between them and a bracket.
    static let takesSpaceBeforeBracket: Set<String> = [
        "and", "as", "between", "by", "case", "check", "conflict", "cross", "default", "distinct", "do", "else",
        "except",
        "filter", "from", "group", "having", "ilike", "in", "index", "insert", "intersect", "into", "is", "join",
        "key", "lateral", "like", "limit", "materialized", "not", "offset", "on", "or", "order", "over", "partition",
        "recursive", "references", "returning", "select", "set", "similar", "table", "then", "union", "unique", "using",
        "values", "when", "where", "with", "within",
    ]

    /// Types whose brackets hold a length or a precision, which is no value of the statement.
    static let typesWithModifiers: Set<String> = [
        "bit", "bpchar", "char", "character", "dec", "decimal", "float", "interval", "numeric", "time", "timestamp",
        "timestamptz", "timetz", "varbit", "varchar", "varying",
    ]

    /// Written in capitals by the formatter.
    static let capitals: Set<String> = precedeOperand.union(takesSpaceBeforeBracket).union([
        "add", "alter", "analyze", "array", "asc", "begin", "cascade", "cast", "collate", "column", "commit",
        "concurrently",
        "constraint", "create", "current_date", "current_timestamp", "delete", "desc", "drop", "end", "exists",
        "explain",
        "false", "fetch", "first", "foreign", "full", "if", "inner", "last", "left", "lock", "merge", "natural",
        "next", "nothing", "null", "nulls", "only", "ordinality", "outer", "over", "primary", "right", "rollback",
        "row",
        "rows", "savepoint", "skip", "some", "true", "truncate", "update", "window",
    ])
}
