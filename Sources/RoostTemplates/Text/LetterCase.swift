/// The changes of case that Python makes, code point by code point.
extension String {
    /// `str.lower`: a sigma at the end of a word becomes ς.
    var pythonLowercased: String {
        guard unicodeScalars.contains("Σ") else { return lowercased() }
        let scalars = Array(unicodeScalars)
        return scalars.indices.map { String.lowered(scalars, $0) }.joined()
    }

    /// `str.casefold`: what differs in case only becomes the same.
    var caseFolded: String {
        unicodeScalars.map { scalar in
            guard scalar.properties.changesWhenCaseFolded else { return String(Character(scalar)) }
            return scalar.properties.uppercaseMapping.unicodeScalars.map(\.properties.lowercaseMapping).joined()
        }.joined()
    }

    /// The small form of the code point at `index`.
    static func lowered(_ scalars: [Unicode.Scalar], _ index: Int) -> String {
        guard scalars[index] == "Σ" else { return scalars[index].properties.lowercaseMapping }
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased ?? false && !(after?.properties.isCased ?? false) ? "ς" : "σ"
    }
}
