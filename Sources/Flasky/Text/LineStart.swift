/// Finds where the text of a line of Markdown begins, behind the marks of quotations and list items.
enum LineStart {
    private enum Container { case none, quotation, item }

    /// - Returns: where the text begins (the line's end when it is blank), and whether so few blanks stand before it
    ///   that hashes there make a heading.
    static func find(in line: ArraySlice<UInt8>) -> (index: Int, mayBeHeading: Bool) {
        var container = Container.none
        var index = line.startIndex
        while true {
            let blanks = line[index...].prefix { Byte.isBlank($0) }.count
            index += blanks
            if index < line.endIndex, line[index] == Byte.greater {
                container = .quotation
                index += 1
            } else if let end = itemMarkEnd(line[index...]) {
                container = .item
                index = end
            } else {
                return (index, blanks <= mostBlanks(behind: container))
            }
        }
    }

    private static func mostBlanks(behind container: Container) -> Int {
        switch container {
        case .none: 0
        case .quotation: 1
        case .item: 4
        }
    }

    /// Behind `-`, `+`, `*`, `1.` or `1)`, when a blank or the line's end follows.
    private static func itemMarkEnd(_ text: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first else { return nil }
        var end = text.startIndex + 1
        if Byte.isDigit(first) {
            let digits = text.prefix { Byte.isDigit($0) }
            let close = text[digits.endIndex...].first
            guard close == Byte.dot || close == Byte.closingParenthesis else { return nil }
            end = digits.endIndex + 1
        } else if !(first == Byte.minus || first == Byte.plus || first == Byte.star) {
            return nil
        }
        let isFree = text[end...].first.map { Byte.isBlank($0) } ?? true
        return isFree ? end : nil
    }
}
