/// The names that sources declare: functions, properties, types and cases; labels with a colon behind them; and the
/// words of string literals, which are what templates and settings call things.
struct DeclaredNames {
    private static let keywords: Set<Substring> = [
        "func", "var", "let", "struct", "class", "enum", "protocol", "case", "typealias", "actor",
    ]
    /// Words of the language.
    private static let language: Set<Substring> = keywords.union([
        "try", "in", "true", "false", "nil", "self", "return", "override", "static",
    ])
    private var names: Set<String> = []

    init(sources: [String]) {
        for source in sources {
            for line in source.split(separator: "\n") {
                let code = line.drop { $0 == " " }
                if !code.hasPrefix("//") { read(code) }
            }
        }
    }

    /// - Parameter name: a label ends with its colon.
    func contains(_ name: String) -> Bool { names.contains(name) }

    private mutating func read(_ line: Substring) {
        var before: Substring = ""
        var isList = false
        for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            for (word, end) in Self.words(of: part) {
                let rest = part[end...]
                if index % 2 == 1 || Self.keywords.contains(before) || isList { names.insert(String(word)) }
                // Two names before the colon: the first is the label. One name: it is both.
                if rest.hasPrefix(":") { names.insert("\(word):") }
                if let next = Self.words(of: rest).first, rest.hasPrefix(" "), rest[next.end...].hasPrefix(":") {
                    names.insert("\(word):")
                }
                isList = before == "case" || isList && part[..<end].dropLast(word.count).hasSuffix(", ")
                before = word
            }
        }
    }

    private static func words(of text: Substring) -> [(word: Substring, end: Substring.Index)] {
        var (words, start): ([(Substring, Substring.Index)], Substring.Index?) = ([], nil)
        for index in text.indices {
            let isWord = text[index].isLetter || text[index].isNumber || text[index] == "_"
            if isWord, start == nil { start = index }
            if !isWord, let first = start {
                words.append((text[first..<index], index))
                start = nil
            }
        }
        if let first = start { words.append((text[first...], text.endIndex)) }
        return words.map { (word: $0.0, end: $0.1) }
    }

    /// The names in a piece of code, labels with their colon; literals and the language's own words are left out.
    static func names(in code: Substring) -> [String] {
        code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 0 }
            .flatMap { _, part in
                words(of: part).filter { !language.contains($0.word) && $0.word.first?.isNumber == false }
                    .map { part[$0.end...].hasPrefix(":") ? "\($0.word):" : String($0.word) }
            }
    }
}
