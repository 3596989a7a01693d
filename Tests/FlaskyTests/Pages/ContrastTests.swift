import Testing

@Suite("Colours of the stylesheets")
struct ContrastTests {
    /// WCAG 2.2, 1.4.3 level AA: text of ordinary size.
    private static let text = 4.5
    /// WCAG 2.2, 1.4.11: what tells where a field is.
    private static let element = 3.0
    private static let grounds = ["paper", "raised", "field", "accent-soft", "danger-soft", "notice"]

    @Test("every text is readable on every ground, in light and dark")
    func texts() throws {
        for theme in try Stylesheet.themes() {
            for name in ["ink", "quiet", "accent", "danger"] {
                for ground in Self.grounds {
                    let ratio = try theme.contrast("--\(name)", "--\(ground)")
                    #expect(ratio >= Self.text, "\(theme.name): --\(name) on --\(ground) has \(ratio)")
                }
            }
        }
    }

    @Test("lines around fields stand out from the page")
    func fields() throws {
        for theme in try Stylesheet.themes() {
            for ground in ["paper", "field"] {
                let ratio = try theme.contrast("--field-line", "--\(ground)")
                #expect(ratio >= Self.element, "\(theme.name): --field-line on --\(ground) has \(ratio)")
            }
        }
    }

    @Test("a rule that sets both a text and its ground sets a readable pair")
    func pairs() throws {
        let themes = try Stylesheet.themes()
        let pairs = try Stylesheet.pairs()
        #expect(pairs.count >= 6)
        for pair in pairs {
            for theme in themes {
                let ratio = try theme.contrast(pair.text, pair.ground)
                #expect(ratio >= Self.text, "\(theme.name): \(pair.selector) has \(ratio)")
            }
        }
    }

    @Test("the letter of a picture is readable on each of its colours")
    func pictures() throws {
        let theme = try #require(try Stylesheet.themes().first)
        let grounds = try Stylesheet.rules().filter { $0.selector.hasPrefix(".avatar-") }.compactMap(\.ground)
        #expect(grounds.count == 12)
        for ground in grounds {
            let ratio = try theme.contrast("#ffffff", ground)
            #expect(ratio >= Self.text, "\(ground) has \(ratio)")
        }
    }

    @Test("rules name their colours, so that these tests see them all")
    func names() throws {
        let known = Self.grounds + ["ink", "quiet", "accent", "danger", "on-accent"]
        for rule in try Stylesheet.rules() {
            for value in [rule.text, rule.ground].compactMap({ $0 }) where !rule.selector.hasPrefix(".avatar") {
                let isNamed = known.contains { value == "var(--\($0))" }
                #expect(isNamed || ["inherit", "none", "transparent"].contains(value), "\(rule.selector): \(value)")
            }
        }
    }
}
