/// The questions that `str` answers about its characters.
struct TextTraits {
    private let scalars: String.UnicodeScalarView

    init(_ text: String) { scalars = text.unicodeScalars }

    func has(_ name: String) -> Bool {
        switch name {
        case "isascii": scalars.allSatisfy(\.isASCII)
        case "isidentifier": String(scalars).isIdentifier
        case "isprintable": scalars.allSatisfy { $0 == " " || $0.isPythonPrintable }
        case "islower": isCased && !scalars.contains { $0.properties.isUppercase || $0.isTitlecase }
        case "isupper": isCased && !scalars.contains { $0.properties.isLowercase || $0.isTitlecase }
        case "istitle": isTitle
        default: !scalars.isEmpty && scalars.allSatisfy { TextTraits.belongs($0, to: name) }
        }
    }

    private var isCased: Bool { scalars.contains { $0.properties.isUppercase || $0.properties.isLowercase } }

    private static func belongs(_ scalar: Unicode.Scalar, to name: String) -> Bool {
        switch name {
        case "isalpha": scalar.isPythonLetter
        case "isalnum": scalar.isPythonLetter || scalar.properties.numericType != nil
        case "isdecimal": scalar.properties.numericType == .decimal
        case "isdigit": scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit
        case "isnumeric": scalar.properties.numericType != nil
        case "isspace": scalar.isPythonSpace
        default: false
        }
    }

    private var isTitle: Bool {
        var previousIsCased = false
        var found = false
        for scalar in scalars {
            if scalar.properties.isUppercase || scalar.isTitlecase {
                if previousIsCased { return false }
                (previousIsCased, found) = (true, true)
            } else if scalar.properties.isLowercase {
                if !previousIsCased { return false }
                found = true
            } else {
                previousIsCased = false
            }
        }
        return found
    }
}

extension Unicode.Scalar {
    fileprivate var isTitlecase: Bool { properties.generalCategory == .titlecaseLetter }

    fileprivate var isPythonLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}

extension String {
    /// The byte offsets of the last `part`.
    func lastByteRange(of part: String) -> Range<Int>? {
        withBytes { text in
            part.withBytes { needle in
                var position = text.count - needle.count
                while position >= 0 {
                    if text[position..<position + needle.count].elementsEqual(needle) {
                        return position..<position + needle.count
                    }
                    position -= 1
                }
                return nil
            }
        }
    }

    /// Pieces between whitespace; the rest of the text is the last one after `limit` cuts.
    func words(limit: Int) -> [String] {
        var words: [String] = []
        var rest = unicodeScalars[...]
        while true {
            rest = rest.drop(while: \.isPythonSpace)
            if rest.isEmpty { return words }
            if words.count == limit { return words + [String(rest)] }
            let word = rest.prefix { !$0.isPythonSpace }
            words.append(String(word))
            rest = rest[word.endIndex...]
        }
    }

    func wordsFromEnd(limit: Int) -> [String] {
        var words: [String] = []
        var rest = unicodeScalars[...]
        while true {
            while let last = rest.last, last.isPythonSpace { rest.removeLast() }
            if rest.isEmpty { break }
            if words.count == limit {
                words.append(String(rest))
                break
            }
            let word = rest.suffix(
                from: rest.lastIndex(where: \.isPythonSpace).map { rest.index(after: $0) } ?? rest.startIndex)
            words.append(String(word))
            rest = rest[..<word.startIndex]
        }
        return words.reversed()
    }

    func split(at mark: String, limit: Int) -> [String] {
        var parts: [String] = []
        var position = 0
        while parts.count != limit, let range = firstByteRange(of: mark, from: position) {
            parts.append(bytes(position..<range.lowerBound))
            position = range.upperBound
        }
        return parts + [bytes(position..<utf8.count)]
    }

    func splitFromEnd(at mark: String, limit: Int) -> [String] {
        var parts: [String] = []
        var rest = self
        while parts.count != limit, let range = rest.lastByteRange(of: mark) {
            parts.append(rest.bytes(range.upperBound..<rest.utf8.count))
            rest = rest.bytes(0..<range.lowerBound)
        }
        return (parts + [rest]).reversed()
    }
}
