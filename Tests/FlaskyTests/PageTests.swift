import Testing

@testable import Flasky

@Suite("Pages of a list")
struct PageTests {
    @Test("a page number that makes no sense is the nearest that does", arguments: [
        (nil, 1), ("", 1), ("abc", 1), ("0", 1), ("-1", 1), ("3", 3), ("99999999999999999999", 1), ("5000000", 1_000_000),
    ] as [(String?, Int)])
    func clamped(text: String?, expected: Int) {
        #expect(PageRequest(text, perPage: 20).number == expected)
    }

    @Test("the bar shows both ends, two pages before the current one and four after", arguments: [
        (1, 20, "1 2 3 4 5 … 19 20"), (10, 20, "1 2 … 8 9 10 11 12 13 14 … 19 20"), (20, 20, "1 2 … 18 19 20"),
        (3, 12, "1 2 3 4 5 6 7 … 11 12"), (1, 1, "1"), (1, 0, ""), (7, 2, "1 2"),
    ])
    func bar(number: Int, pages: Int, expected: String) {
        let page = Page(items: [Int](), request: PageRequest(number: number, perPage: 20), total: pages * 20)
        #expect(page.bar.map { $0.map(String.init) ?? "…" }.joined(separator: " ") == expected)
    }

    @Test("a first page that is not full needs no count")
    func knownTotal() {
        #expect(PageRequest(number: 1, perPage: 20).total(ifKnown: 7) { 99 } == 7)
        #expect(PageRequest(number: 1, perPage: 20).total(ifKnown: 20) { 99 } == 99)
        #expect(PageRequest(number: 2, perPage: 20).total(ifKnown: 0) { 99 } == 99)
    }
}
