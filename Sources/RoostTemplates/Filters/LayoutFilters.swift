internal import RoostMarkup

extension BuiltInFilters {
    /// Filters that lay text out.
    static var layout: [String: TemplateFilter] {
        [
            "center": { value, call in
                let width = try int(call, 0, "width", 80)
                return try mapped(value) { try $0.padded(to: width, alignment: .center) }
            },
            "indent": indent,
            "wordwrap": wordWrap,
            "pprint": { value, _ in .string(try PrettyPrinter.text(of: value)) },
        ]
    }

    private static func indent(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let width = call.argument(0, "width") ?? .int(4)
        let indention =
            try width.stringValue ?? String(repeating: " ", count: min(max(0, try int(call, 0, "width", 4)), 10_000))
        if case .undefined(let undefined) = value { throw undefined.error }
        guard value.stringValue != nil else {
            throw TemplateError("unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
        }
        let includesFirst = flag(call, 1, "first")
        let includesBlank = flag(call, 2, "blank")
        return try mapped(value) { text in
            let lines = (text + "\n").pythonLines()
            let rest = lines.dropFirst().map { includesBlank || !$0.isEmpty ? indention + $0 : $0 }
            let joined = ([lines.first ?? ""] + rest).joined(separator: "\n")
            return includesFirst ? indention + joined : joined
        }
    }

    private static func wordWrap(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let wrapper = TextWrapper(
            width: try int(call, 0, "width", 79), breaksLongWords: flag(call, 1, "break_long_words", true),
            breaksOnHyphens: flag(call, 3, "break_on_hyphens", true))
        guard wrapper.width > 0 else { throw TemplateError("invalid width \(wrapper.width) (must be > 0)") }
        let newline = try optional(call, 2, "wrapstring").map { try $0.text() } ?? "\n"
        guard let text = value.stringValue else {
            throw TemplateError("'\(value.typeName) object' has no attribute 'splitlines'")
        }
        return .string(
            text.pythonLines().map { wrapper.wrapped($0).joined(separator: newline) }.joined(separator: newline))
    }
}

extension String {
    enum Alignment {
        case left
        case right
        case center
    }

    /// The text filled up to a number of code points, as `ljust`, `rjust` and `center` do.
    func padded(to width: Int, with filler: String = " ", alignment: Alignment) throws -> String {
        let missing = width - unicodeScalars.count
        guard missing > 0 else { return self }
        guard missing <= 1_000_000 else { throw TemplateError("the width is too large") }
        // Python gives the odd one to the left when the width is odd.
        let left = alignment == .left ? 0 : alignment == .right ? missing : missing / 2 + (missing & width & 1)
        return String(repeating: filler, count: left) + self + String(repeating: filler, count: missing - left)
    }

    /// The lines as `str.splitlines` finds them.
    func pythonLines(keepingEnds: Bool = false) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var scalars = unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            guard scalar.endsLine else {
                line.append(scalar)
                continue
            }
            if keepingEnds { line.append(scalar) }
            if scalar == "\r", scalars.first == "\n" {
                scalars.removeFirst()
                if keepingEnds { line.append("\n") }
            }
            lines.append(String(line))
            line = String.UnicodeScalarView()
        }
        return line.isEmpty ? lines : lines + [String(line)]
    }
}

extension Unicode.Scalar {
    fileprivate var endsLine: Bool {
        switch value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
