internal import RoostMarkup

/// `lipsum(n=5, html=True, min=20, max=100)`: paragraphs of filler, for layouts without content.
enum Lipsum {
    private static let words = """
        lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna \
        aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis \
        aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat \
        cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum
        """.split(separator: " ")
    private static let signature = CallSignature(["n?", "html?", "min?", "max?"])

    static func text(_ call: TemplateCall) throws -> TemplateValue {
        try call.check(signature, "lipsum")
        let count = try BuiltInFilters.int(call, 0, "n", 5)
        let isHTML = BuiltInFilters.flag(call, 1, "html", true)
        let (least, most) = (try BuiltInFilters.int(call, 2, "min", 20), try BuiltInFilters.int(call, 3, "max", 100))
        guard least < most else { throw TemplateError("lipsum() needs min < max") }
        guard count <= 1000, most <= 10_000 else {
            throw TemplateError("lipsum() makes at most 1000 paragraphs of 10000 words")
        }
        let paragraphs = (0..<max(0, count)).map { _ in paragraph(max(1, Int.random(in: least..<most))) }
        guard isHTML else { return .string(paragraphs.joined(separator: "\n\n")) }
        return .safe(SafeHTML(trusted: paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n")))
    }

    /// Sentences of a few words each.
    private static func paragraph(_ count: Int) -> String {
        var text = ""
        var left = 0
        for position in 0..<count {
            let word = words.randomElement() ?? "lorem"
            if left == 0 {
                text += (position == 0 ? "" : ". ") + word.prefix(1).uppercased() + word.dropFirst()
                left = Int.random(in: 4..<13)
            } else {
                text += (left == 6 ? ", " : " ") + word
            }
            left -= 1
        }
        return text + "."
    }
}
