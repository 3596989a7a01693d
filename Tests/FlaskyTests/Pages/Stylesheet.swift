import FoundationEssentials
import Glibc
import Testing

/// The blog's stylesheets, as far as colours go.
enum Stylesheet {
    /// What a rule says about colours: a name as `var(--ink)`, or the colour itself.
    struct Rule {
        let selector: String
        let text: String?
        let ground: String?
    }

    /// A rule that sets both.
    struct Pair {
        let selector: String
        let text: String
        let ground: String
    }

    private static func source() throws -> String {
        let text = try ["styles.css", "forms.css"].map {
            try String(contentsOfFile: Blog.root + "/Sources/Flasky/Static/" + $0, encoding: .utf8)
        }.joined()
        return text.replacing(#/(?s)/\*.*?\*//#, with: "")
    }

    /// The innermost blocks, whatever `@media` stands around them; those that only name colours left out.
    static func rules() throws -> [Rule] {
        try source().matches(of: #/([^{}]+)\{([^{}]*)\}/#).compactMap { match in
            let selector = match.1.replacing(#/\s+/#, with: " ").trimmingPrefix(" ")
            guard !selector.hasPrefix(":root") else { return nil }
            return Rule(
                selector: String(selector), text: value("color", in: match.2),
                ground: value("background(?:-color)?", in: match.2).map(firstWord))
        }
    }

    static func pairs() throws -> [Pair] {
        try rules().compactMap { rule in
            guard let text = rule.text, let ground = rule.ground, isColour(text), isColour(ground) else { return nil }
            return Pair(selector: rule.selector, text: text, ground: ground)
        }
    }

    /// The names of colours in light and in dark; the second goes over the first.
    static func themes() throws -> [Theme] {
        let blocks = try source().matches(of: #/:root\s*\{([^}]*)\}/#).map { names(in: $0.1) }
        try #require(blocks.count == 2)
        return [
            Theme(name: "light", colours: blocks[0]),
            Theme(name: "dark", colours: blocks[0].merging(blocks[1]) { $1 }),
        ]
    }

    private static func names(in block: Substring) -> [String: String] {
        let pairs = block.matches(of: #/(--[a-z-]+):\s*(#[0-9a-f]{6});/#).map { (String($0.1), String($0.2)) }
        return Dictionary(pairs) { $1 }
    }

    private static func value(_ property: String, in block: Substring) -> String? {
        guard let pattern = try? Regex("(?:^|[;\\s])\(property):\\s*([^;]+);?", as: (Substring, Substring).self)
        else { return nil }
        return block.firstMatch(of: pattern).map { String($0.1).trimmed }
    }

    /// Of `var(--paper) url(…)`, and of a mix of colours what most of it is.
    private static func firstWord(_ value: String) -> String {
        if let mixed = value.firstMatch(of: #/^color-mix\(in srgb, (var\([a-z-]+\))/#) { return String(mixed.1) }
        return value.split(separator: " ").first.map { String($0) } ?? value
    }

    private static func isColour(_ value: String) -> Bool { value.hasPrefix("var(--") || value.hasPrefix("#") }
}

/// One set of colours.
struct Theme {
    let name: String
    let colours: [String: String]

    /// The contrast of two colours, each a name (`--ink`, `var(--ink)`) or `#rrggbb`: from 1 to 21.
    /// WCAG 2.2, "contrast ratio".
    func contrast(_ one: String, _ other: String) throws -> Double {
        let lights = [try luminance(one), try luminance(other)]
        return ((lights.max() ?? 0) + 0.05) / ((lights.min() ?? 0) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    private func luminance(_ colour: String) throws -> Double {
        let hex = try hex(of: colour)
        let number = try #require(Int(hex.dropFirst(), radix: 16), "\(colour)")
        let channels = [number >> 16, number >> 8 & 255, number & 255].map { linear(Double($0) / 255) }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    private func linear(_ channel: Double) -> Double {
        channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
    }

    private func hex(of colour: String) throws -> String {
        let name = colour.hasPrefix("var(") ? String(colour.dropFirst(4).dropLast()) : colour
        return name.hasPrefix("#") ? name : try #require(colours[name], "\(name) is no colour of \(self.name)")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
