/// One page of a query's rows, with what a pagination bar needs.
public struct Pagination<Item> {
    /// The rows of this page.
    public let items: [Item]
    /// This page's number, from 1.
    public let page: Int
    /// Rows on a full page.
    public let perPage: Int
    /// Rows on all pages together.
    public let total: Int

    public init(items: [Item], page: Int, perPage: Int, total: Int) {
        self.items = items
        self.page = page
        self.perPage = perPage
        self.total = total
    }

    /// The number of pages; 0 without any row.
    public var pages: Int { (total + perPage - 1) / perPage }
    public var hasPrevious: Bool { page > 1 }
    public var hasNext: Bool { page < pages }
    /// The number of the page before, nil on the first.
    public var previousPage: Int? { hasPrevious ? page - 1 : nil }
    /// The number of the page after, nil on the last and beyond.
    public var nextPage: Int? { hasNext ? page + 1 : nil }
    /// The position of this page's first row among all, from 1; 0 on an empty page.
    public var first: Int { items.isEmpty ? 0 : (page - 1) * perPage + 1 }
    /// The position of this page's last row among all, from 1; 0 on an empty page.
    public var last: Int { items.isEmpty ? 0 : first + items.count - 1 }

    /// The page numbers for a pagination bar, nil for a gap; Flask-SQLAlchemy's `iter_pages` with its defaults.
    ///
    /// - Parameters:
    ///   - leftEdge: Pages at the beginning.
    ///   - leftCurrent: Pages before this one.
    ///   - rightCurrent: Pages after this one.
    ///   - rightEdge: Pages at the end.
    public func numbers(
        leftEdge: Int = 2, leftCurrent: Int = 2, rightCurrent: Int = 4, rightEdge: Int = 2
    ) -> [Int?] {
        let around = page - Swift.max(leftCurrent, 0)..<page + Swift.max(rightCurrent, 0) + 1
        let stretches = [1..<Swift.max(leftEdge, 0) + 1, around, pages + 1 - Swift.max(rightEdge, 0)..<pages + 1]
        var numbers: [Int?] = []
        var next = 1
        for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let shown = stretch.clamped(to: next..<Swift.max(next, pages + 1))
            guard !shown.isEmpty else { continue }
            if shown.lowerBound > next { numbers.append(nil) }
            for number in shown { numbers.append(number) }
            next = shown.upperBound
        }
        return numbers
    }

    /// The same page with other items, such as what a template needs of them.
    public func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Pagination<Other> {
        Pagination<Other>(items: try items.map(transform), page: page, perPage: perPage, total: total)
    }
}

extension Pagination: Sendable where Item: Sendable {}
