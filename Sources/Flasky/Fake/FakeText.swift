/// Invents names and sentences that read like a blog's, from word lists of our own.
struct FakeText {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: list.indices, using: &random)] }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func person() -> (first: String, last: String) { (pick(Self.firstNames), pick(Self.lastNames)) }

    mutating func city() -> String { pick(Self.cities) }

    /// One sentence with its full stop.
    mutating func sentence() -> String {
        let subject = pick(Self.subjects)
        let verb = pick(Self.verbs)
        let object = pick(Self.objects)
        let tail = number(0...2) == 0 ? "" : " " + pick(Self.tails)
        return "\(subject) \(verb) \(object)\(tail)."
    }

    /// Several sentences.
    mutating func paragraph(_ sentences: ClosedRange<Int>) -> String {
        let count = number(sentences)
        return (0..<count).map { _ in sentence() }.joined(separator: " ")
    }

    /// A Markdown text of one to three paragraphs, some with a heading, emphasis, a list or code.
    mutating func post() -> String {
        var blocks = (0..<number(1...2)).map { _ in paragraph(2...4) }
        switch number(0...5) {
        case 0: blocks.insert("## \(pick(Self.titles))", at: 0)
        case 1: blocks.append("* \(sentence())\n* \(sentence())\n* \(sentence())")
        case 2: blocks.append("> \(sentence())")
        case 3: blocks[0] += " It is **\(pick(Self.adjectives))**, and a little _\(pick(Self.adjectives))_."
        case 4: blocks.append("    SELECT count(*) FROM posts WHERE author_id = 7;")
        default: break
        }
        return blocks.joined(separator: "\n\n")
    }

    mutating func comment() -> String {
        pick(Self.openings) + " " + paragraph(1...2)
    }
}
