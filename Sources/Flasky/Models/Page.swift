/// Which page of a list somebody asks for, clamped to what makes sense.
struct PageRequest {
    let number: Int
    let perPage: Int

    /// Farther than any list here reaches, and near enough that the offset cannot overflow.
    private static let last = 1_000_000

    /// - Parameters:
    ///   - text: the query's `page`; what is no number means the first page.
    ///   - perPage: rows on a page.
    init(_ text: String?, perPage: Int) {
        self.init(number: text.flatMap { Int($0) } ?? 1, perPage: perPage)
    }

    init(number: Int, perPage: Int) {
        self.number = min(max(number, 1), Self.last)
        self.perPage = perPage
    }

    var offset: Int { (number - 1) * perPage }

    /// The number of all rows, without asking the database when a first page that is not full tells it.
    func total(ifKnown count: Int, else ask: () throws -> Int) rethrows -> Int {
        number == 1 && count < perPage ? count : try ask()
    }
}

/// One page of a list.
struct Page<Item> {
    let items: [Item]
    let number: Int
    let perPage: Int
    let total: Int

    init(items: [Item], request: PageRequest, total: Int) {
        self.items = items
        number = request.number
        perPage = request.perPage
        self.total = total
    }

    var pages: Int { (total + perPage - 1) / perPage }
    var hasPrevious: Bool { number > 1 }
    var hasNext: Bool { number < pages }

    /// The page numbers a pagination bar shows, `nil` for a gap: two at each end, two before the current page and four
    /// after it.
    var bar: [Int?] {
        let candidates = Set([1, 2, pages - 1, pages]).union(number - 2...number + 4)
        var numbers: [Int?] = []
        var last = 0
        for page in candidates.filter({ (1...max(1, pages)).contains($0) && $0 <= pages }).sorted() {
            if page > last + 1 { numbers.append(nil) }
            numbers.append(page)
            last = page
        }
        return numbers
    }
}
