/// Finds the known word that a misspelt one most likely meant.
public enum Nearest {
    /// `; did you mean "index"?`, or nothing when no known word is near.
    public static func hint(_ word: String, among known: some Sequence<String>) -> String {
        nearest(word, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// The known word with the fewest edits, when they are at most a third of its length (and two for short words).
    public static func nearest(_ word: String, among known: some Sequence<String>) -> String? {
        let letters = Array(word.utf8)
        var best: (word: String, distance: Int)?
        for candidate in known.sorted() {
            let distance = distance(letters, Array(candidate.utf8))
            if distance <= max(2, letters.count / 3), distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Levenshtein's distance.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (i, left) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in other.enumerated() {
                let substituted = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
