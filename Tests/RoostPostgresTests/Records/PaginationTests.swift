import RoostPostgres
import Testing

@Suite("Pages of a query")
struct PaginationTests {
    private func page(_ page: Int, of pages: Int) -> Pagination<Int> {
        Pagination(items: [], page: page, perPage: 20, total: pages * 20)
    }

    private func text(_ numbers: [Int?]) -> String {
        numbers.map { $0.map(String.init) ?? "…" }.joined(separator: " ")
    }

    @Test(
        "the numbers are those of Flask-SQLAlchemy's iter_pages",
        arguments: [
            (1, 20, "1 2 3 4 5 … 19 20"), (10, 20, "1 2 … 8 9 10 11 12 13 14 … 19 20"), (20, 20, "1 2 … 18 19 20"),
            (3, 12, "1 2 3 4 5 6 7 … 11 12"), (1, 1, "1"), (1, 0, ""), (7, 2, "1 2"), (5, 10, "1 2 3 4 5 6 7 8 9 10"),
            (6, 12, "1 2 … 4 5 6 7 8 9 10 11 12"), (30, 12, "1 2 … 11 12"),
        ])
    func numbers(number: Int, pages: Int, expected: String) {
        #expect(text(page(number, of: pages).numbers()) == expected)
    }

    @Test("edges and surroundings can be changed")
    func edges() {
        let page = page(10, of: 20)
        #expect(text(page.numbers(leftEdge: 0, leftCurrent: 1, rightCurrent: 1, rightEdge: 0)) == "… 9 10 11")
        #expect(text(page.numbers(leftEdge: 1, leftCurrent: 0, rightCurrent: 0, rightEdge: 1)) == "1 … 10 … 20")
    }

    @Test("neighbours, totals and positions")
    func neighbours() {
        let page = Pagination(items: ["k", "l"], page: 2, perPage: 10, total: 12)
        #expect(page.pages == 2 && page.hasPrevious && !page.hasNext)
        #expect(page.previousPage == 1 && page.nextPage == nil)
        #expect(page.first == 11 && page.last == 12)
        #expect(page.map(\.count).items == [1, 1])
        let empty = Pagination<Int>(items: [], page: 9, perPage: 10, total: 12)
        #expect(empty.hasPrevious && !empty.hasNext && empty.first == 0 && empty.last == 0)
    }
}
