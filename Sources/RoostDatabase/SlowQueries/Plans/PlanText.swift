internal import RoostPostgres

/// The text of a plan, without what it tells of values.
enum PlanText {
    /// Conditions without their literals: `Filter: (email = 'a@b.c'::text)` becomes `Filter: (email = ?::text)`.
    ///
    /// Lines that name a step keep their numbers, which are estimates. The text is read as a whole, because a literal
    /// with a line break in it goes on in the next line.
    static func withoutValues(_ plan: String) -> String {
        var lexer = SQLLexer(plan)
        var out: [UInt8] = []
        var isStep = isStep(lexer.bytes[...])
        while let token = lexer.next() {
            let bytes = lexer.bytes[token.range]
            switch token.kind {
            case .string, .dollarString: out.append(UInt8(ascii: "?"))
            case .number where !isStep: out.append(UInt8(ascii: "?"))
            // A half quoted text may be half a value.
            default: out.append(contentsOf: token.isTerminated ? bytes : [UInt8(ascii: "?")])
            }
            if bytes.contains(lineFeed) { isStep = self.isStep(lexer.bytes[token.range.upperBound...]) }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A hash of the plan's steps and conditions without estimates and values: another hash, another plan.
    static func shape(of plan: String) -> String { SQLFingerprint(of: plan).hash }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let mark = Array("  (cost=".utf8)
    /// These name a part of the plan by its number.
    private static let headings = ["SubPlan ", "InitPlan ", "Workers Planned: "].map { Array($0.utf8) }

    /// Whether the line that begins here names a step.
    private static func isStep(_ rest: ArraySlice<UInt8>) -> Bool {
        let line = rest.prefix { $0 != lineFeed }
        let text = line.drop { $0 == 0x20 }
        return headings.contains { text.starts(with: $0) }
            || line.indices.contains { line[$0] == mark[0] && line[$0...].starts(with: mark) }
    }
}
