import FoundationEssentials

/// Texts that are nearly SQL: bytes at random, and pieces of SQL in any order. The same ones in every run.
enum SQLFuzz {
    /// A second's worth of inputs; `ROOST_TEST_LONG` makes it a hundred times as many.
    static let rounds = ProcessInfo.processInfo.environment["ROOST_TEST_LONG"] == nil ? 2000 : 200_000

    private static let pieces = [
        "'", "''", "E'", "\\", "\"", "$$", "$a$", "$1", "--", "/*", "*/", "\n", " ", "(", ")", "[", "]", ",", ";", ".",
        "..", ":", "::", ":=", "-", "+", "=", "?", "@", "1", "1.5", "0x", "1e", "in", "IN", "values", "array", "select",
        "null", "as", "numeric", "into", "between", "and", "case", "end", "x", "é", "\u{0}", "U&", "u&\"", "b'",
    ]

    static func inputs() -> some Sequence<[UInt8]> {
        var random = SplitMix(state: 42)
        return (0..<rounds).lazy.map { round in
            let length = Int(random.next() % 40)
            if round % 2 == 0 { return (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
            return (0..<length).flatMap { _ in Array(pieces[Int(random.next() % UInt64(pieces.count))].utf8) }
        }
    }
}

/// Steele, Lea and Flood's generator: small, and the same everywhere.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
