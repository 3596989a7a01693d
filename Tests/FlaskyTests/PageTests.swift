import Testing

@testable import Flasky

@Suite("Pages of a list")
struct PageTests {
    @Test(
        "what is no page number means the first page",
        arguments: [
            (nil, 1), ("", 1), ("abc", 1), ("3", 3), ("99999999999999999999", 1), ("-1", -1),
        ] as [(String?, Int)])
    func number(text: String?, expected: Int) {
        #expect(PageRequest(text, perPage: 20).number == expected)
    }
}
