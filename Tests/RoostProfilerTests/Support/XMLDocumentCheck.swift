/// Whether a text is well-formed: every element closed in order, every attribute quoted, no bare ampersand.
struct XMLDocumentCheck {
    private(set) var isWellFormed = true
    private(set) var problem = ""

    init(_ text: String) {
        if let found = Self.problem(in: text) { (isWellFormed, problem) = (false, found) }
    }

    private static func problem(in text: String) -> String? {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { return "an open tag" }
            let tag = rest[rest.index(after: start)..<end]
            let name = tag.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "\(tag) closes another element" }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
            if tag.count(where: { $0 == "\"" }) % 2 != 0 { return "quotes in \(tag)" }
            rest = rest[rest.index(after: end)...]
        }
        if !open.isEmpty { return "\(open) are not closed" }
        if text.firstMatch(of: /&(?!(amp|lt|gt|quot|#[0-9]+);)/) != nil { return "a bare ampersand" }
        return nil
    }
}
