/// Random numbers that a seed decides.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes templates that no sane person wrote: from fragments, and from others by cutting, doubling and swapping.
struct TemplateMutator {
    private var random: SeededGenerator
    private let sources: [String]

    init(seed: UInt64, sources: [String]) {
        random = SeededGenerator(seed: seed)
        self.sources = sources
    }

    mutating func template() -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: generated()
        case 1: String(decoding: mutatedBytes(of: sources.randomElement(using: &random) ?? ""), as: UTF8.self)
        default: mutatedPieces(of: sources.randomElement(using: &random) ?? "")
        }
    }

    private mutating func generated() -> String {
        let count = Int.random(in: 1..<20, using: &random)
        return (0..<count).map { _ in Self.fragments.randomElement(using: &random) ?? "" }.joined()
    }

    private mutating func mutatedBytes(of source: String) -> [UInt8] {
        var bytes = Array(source.utf8)
        for _ in 0..<Int.random(in: 1..<8, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0 where position < bytes.count: bytes.remove(at: position)
            case 1 where position < bytes.count: bytes[position] = UInt8.random(in: .min ... .max, using: &random)
            default: bytes.insert("{}%#-+()[]'\"\\|.,:~*/ \n09ae".utf8.randomElement(using: &random) ?? 0, at: position)
            }
        }
        return bytes
    }

    /// Swaps words, numbers and symbols, within the template and with the fragments.
    private mutating func mutatedPieces(of source: String) -> String {
        var pieces = Self.pieces(of: source)
        for _ in 0..<Int.random(in: 1..<6, using: &random) where !pieces.isEmpty {
            let position = Int.random(in: pieces.indices, using: &random)
            let other = Int.random(in: pieces.indices, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: pieces.remove(at: position)
            case 1: pieces.insert(pieces[other], at: position)
            case 2: pieces.swapAt(position, other)
            case 3: pieces[position] = Self.fragments.randomElement(using: &random) ?? ""
            default: pieces.insert(contentsOf: pieces[min(position, other)..<max(position, other)], at: position)
            }
        }
        return pieces.joined()
    }

    private static func pieces(of source: String) -> [String] {
        var pieces: [String] = []
        var isWord = false
        for scalar in source.unicodeScalars {
            let continues = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
            if continues, isWord, !pieces.isEmpty {
                pieces[pieces.count - 1].unicodeScalars.append(scalar)
            } else {
                pieces.append(String(Character(scalar)))
            }
            isWord = continues
        }
        return pieces
    }

    private static let fragments = [
        "{{ ", " }}", "{% ", " %}", "{#", "#}", "{%- ", " -%}", "{{- x -}}", "{% raw %}", "{% endraw %}", "\n", "  ",
        "{% for x in y %}", "{% for k, v in d.items() recursive %}", "{% else %}", "{% endfor %}", "{{ loop(y) }}",
        "{% if x %}", "{% elif not y %}", "{% endif %}", "{% set x = y %}", "{% set x | upper %}", "{% endset %}",
        "{% macro m(a, b=1) %}", "{% endmacro %}", "{{ m(1, b=2, *y, **d) }}", "{% call(q) m(x) %}", "{% endcall %}",
        "{{ caller(1) }}", "{% block a scoped %}", "{% endblock %}", "{{ super() }}", "{{ self.a() }}",
        "{% extends 'base.html' %}", "{% include 'main.html' %}", "{% include ['no', 'part.html'] ignore missing %}",
        "{% import 'part.html' as p with context %}", "{% from 'main.html' import m %}", "{{ p.m(1) }}",
        "{% with a = 1, b = a %}", "{% endwith %}", "{% filter upper | replace('a', 'b') %}", "{% endfilter %}",
        "{% autoescape x %}", "{% endautoescape %}", "{% do y.append(y) %}", "{% break %}", "{% continue %}",
        "x", "y", "d", "n", "s", "h", "f", "loop", "range(5)", "[1, 2, [3]]", "{'a': 1, 2: (3,)}", "'text'", "\"q\"",
        "()",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e308", "0x_f", "1_0", ".5", "00",
        "**", "//", "%", "*", "~", "+", "-", "/", "|", "==", "<", " in ", " not in ", " is ", " is not ", " and ",
        " or ",
        " if ", " else ", ".", ",", ":", "(", ")", "[", "]", "[::-1]", "[1:]", "|join(',')", "|map('upper')|list",
        "|sort(attribute='a')", "|groupby('a')", "|batch(2)", "|slice(3)", "|tojson", "|urlize", "|wordwrap(3)",
        "|pprint",
        "|round(2)", "|int", "|float", "|truncate(5)", "|indent(width=9)", "|xmlattr", "|select('odd')", "|center(9)",
        "|unique", "|filesizeformat", "|striptags", "|format(1, 'a')", "|dictsort", "|default(x, true)",
        "|replace('', x)",
        ".upper()", ".split()", ".format(1, a=2)", ".items()", ".append(1)", ".index(2)", ".a.b", ".real", " % (1, 2)",
        "namespace(a=1)", "{% set ns.a = ns %}", "cycler(1, 2).next()", "joiner()()", "dict(a=1)", "🙂", "é", "\u{0}",
        "\r\n",
    ]
}
