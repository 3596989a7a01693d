/// Which page of a list somebody asks for.
struct PageRequest {
    /// From 1.
    let number: Int
    let perPage: Int

    /// The farthest page: beyond every list, and near enough for every database.
    static let last = 1_000_000

    /// - Parameters:
    ///   - text: the query's `page`. What is no number means the first page, and so do numbers below 1.
    ///   - perPage: rows on a page.
    init(_ text: String?, perPage: Int) {
        self.init(number: text.flatMap(Self.number) ?? 1, perPage: perPage)
    }

    init(number: Int, perPage: Int) {
        self.number = min(max(number, 1), Self.last)
        self.perPage = perPage
    }

    /// More digits than fit are a page far behind the end, too.
    private static func number(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
        return isNumber ? last : nil
    }
}
