extension SQL {
    /// Collects the pieces of an interpolated SQL literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL()

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserve(text: literalCapacity, bindings: interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            sql.append(literal: literal)
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLBindable) {
            sql.bind(value.sqlValue, secret: false)
        }

        /// Binds a value that no log, error or event may show.
        public mutating func appendInterpolation(secret value: some SQLBindable) {
            sql.bind(value.sqlValue, secret: true)
        }

        /// Inserts another statement with its own parameters.
        public mutating func appendInterpolation(_ part: SQL) {
            sql.append(part)
        }

        /// Inserts a name as a quoted identifier.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(identifier: name)
        }
    }
}
