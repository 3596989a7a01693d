/// Markup read back as text.
enum MarkupText {
    /// Takes comments and tags away, joins whitespace and decodes entities, as MarkupSafe does.
    static func withoutTags(_ text: String) -> String {
        let plain = removing(from: removing(from: text, "<!--", "-->"), "<", ">")
        let words = plain.unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String($0) }
        return unescaped(words.joined(separator: " "))
    }

    private static func removing(from text: String, _ open: String, _ close: String) -> String {
        var result = ""
        var position = 0
        while let start = text.firstByteRange(of: open, from: position),
            let end = text.firstByteRange(of: close, from: start.lowerBound)
        {
            result += text.bytes(position..<start.lowerBound)
            position = end.upperBound
        }
        return result + text.bytes(position..<text.utf8.count)
    }

    /// Decodes `&name;`, `&#38;` and `&#x26;`.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(0x26) else { return text }
        var result = ""
        var rest = text[...]
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            rest = rest[ampersand...]
            let end = rest.prefix(34).firstIndex(of: ";")
            if let end, let decoded = decoded(rest[rest.index(after: ampersand)..<end]) {
                result += decoded
                rest = rest[rest.index(after: end)...]
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    private static func decoded(_ name: Substring) -> String? {
        guard name.first == "#" else { return entities[String(name)] }
        let isHexadecimal = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
        guard let code = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10) else {
            return nil
        }
        guard code != 0, let scalar = UnicodeScalar(code) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }

    /// The names that occur in practice.
    private static let entities: [String: String] = {
        let names = """
            amp & lt < gt > quot " apos ' nbsp \u{A0} iexcl ¡ cent ¢ pound £ curren ¤ yen ¥ brvbar ¦ sect § uml ¨ \
            copy © ordf ª laquo « not ¬ shy \u{AD} reg ® macr ¯ deg ° plusmn ± sup2 ² sup3 ³ acute ´ micro µ para ¶ \
            middot · cedil ¸ sup1 ¹ ordm º raquo » frac14 ¼ frac12 ½ frac34 ¾ iquest ¿ Agrave À Aacute Á Acirc Â \
            Atilde Ã Auml Ä Aring Å AElig Æ Ccedil Ç Egrave È Eacute É Ecirc Ê Euml Ë Igrave Ì Iacute Í Icirc Î \
            Iuml Ï ETH Ð Ntilde Ñ Ograve Ò Oacute Ó Ocirc Ô Otilde Õ Ouml Ö times × Oslash Ø Ugrave Ù Uacute Ú \
            Ucirc Û Uuml Ü Yacute Ý THORN Þ szlig ß agrave à aacute á acirc â atilde ã auml ä aring å aelig æ \
            ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï eth ð ntilde ñ ograve ò \
            oacute ó ocirc ô otilde õ ouml ö divide ÷ oslash ø ugrave ù uacute ú ucirc û uuml ü yacute ý thorn þ \
            yuml ÿ OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ alpha α beta β gamma γ delta δ \
            epsilon ε lambda λ mu μ pi π sigma σ tau τ phi φ omega ω Delta Δ Sigma Σ Omega Ω ndash – mdash — \
            lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ bull • hellip … permil ‰ prime ′ \
            Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ \
            rArr ⇒ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − \
            radic √ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ \
            sup ⊃ oplus ⊕ perp ⊥ loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦ thinsp \u{2009} ensp \u{2002} emsp \u{2003} \
            zwnj \u{200C} zwj \u{200D} lrm \u{200E} rlm \u{200F}
            """.split(separator: " ")
        var table: [String: String] = [:]
        for index in stride(from: 0, to: names.count - 1, by: 2) {
            table[String(names[index])] = String(names[index + 1])
        }
        return table
    }()
}
