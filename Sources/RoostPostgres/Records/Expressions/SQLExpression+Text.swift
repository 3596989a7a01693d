/// The values of text columns: `String`, `String?`.
public protocol TextValue {}

extension String: TextValue {}
extension Optional: TextValue where Wrapped: TextValue {}

extension SQLExpression where Value: TextValue {
    /// Matches a pattern: `%` stands for any text, `_` for one character, `\` takes the next character as it is.
    /// Text that a user typed goes through ``LikePattern/escape(_:)``, or use ``contains(_:)``.
    public func like(_ pattern: String) -> Condition { Self.compare(self, " LIKE ", "\(pattern)") }

    /// Matches a pattern whatever the letters' case.
    public func ilike(_ pattern: String) -> Condition { Self.compare(self, " ILIKE ", "\(pattern)") }

    public func notLike(_ pattern: String) -> Condition { Self.compare(self, " NOT LIKE ", "\(pattern)") }
    public func notIlike(_ pattern: String) -> Condition { Self.compare(self, " NOT ILIKE ", "\(pattern)") }

    /// Contains the text exactly; `%` and `_` in it mean themselves.
    public func contains(_ text: String) -> Condition { like("%" + LikePattern.escape(text) + "%") }

    /// Begins with the text exactly.
    public func hasPrefix(_ text: String) -> Condition { like(LikePattern.escape(text) + "%") }

    /// Ends with the text exactly.
    public func hasSuffix(_ text: String) -> Condition { like("%" + LikePattern.escape(text)) }

    public var lowercased: SQLExpression { SQLExpression("lower(\(sql))", .atom) }
    public var uppercased: SQLExpression { SQLExpression("upper(\(sql))", .atom) }
    /// The number of characters.
    public var length: SQLExpression<Int> { SQLExpression<Int>("length(\(sql))", .atom) }
}

/// Patterns of LIKE and ILIKE.
public enum LikePattern {
    /// The text with `%`, `_` and `\` made to mean themselves.
    public static func escape(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "\\") {
                out.append(UInt8(ascii: "\\"))
            }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }
}
