/// Which page of a list somebody asks for.
struct PageRequest {
    let number: Int
    let perPage: Int

    /// - Parameters:
    ///   - text: the query's `page`; what is no number means the first page. The query clamps what makes no sense.
    ///   - perPage: rows on a page.
    init(_ text: String?, perPage: Int) {
        self.init(number: text.flatMap { Int($0) } ?? 1, perPage: perPage)
    }

    init(number: Int, perPage: Int) {
        self.number = number
        self.perPage = perPage
    }
}
