import Testing

@testable import Flasky

@Suite("Pages of a list")
struct PageTests {
    @Test(
        "what is no page number means the first page, and a number beyond all lists the farthest",
        arguments: [
            (nil, 1), ("", 1), ("abc", 1), ("3", 3), ("+3", 3), ("-1", 1), ("0", 1), ("1.5", 1),
            ("-99999999999999999999", 1),
            ("1000000", 1_000_000), ("1000001", 1_000_000), ("99999999999999999999", 1_000_000),
        ] as [(String?, Int)])
    func number(text: String?, expected: Int) {
        #expect(PageRequest(text, perPage: 20).number == expected)
    }
}
