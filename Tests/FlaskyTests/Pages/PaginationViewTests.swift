import RoostPostgres
import RoostTemplates
import Testing

@testable import Flasky

@Suite("The bar of page numbers")
struct PaginationViewTests {
    /// The bar as a reader sees it: the current page in brackets, `-` for an arrow that leads nowhere.
    private func bar(_ page: Int, of last: Int) throws -> String {
        let view = PaginationView(Pagination(items: [0], page: page, perPage: 1, total: last), base: "/list")
        let templates = TemplateEnvironment(
            loader: DictionaryLoader([
                "bar": """
                {{ '«' if p.has_prev else '-' }} {% for i in p.pages %}{% if not i %}…{% elif i.number == p.page %}\
                [{{ i.number }}]{% else %}{{ i.number }}{% endif %} {% endfor %}{{ '»' if p.has_next else '-' }}
                """
            ]))
        return try templates.template(named: "bar").render(["p": view.templateValue])
    }

    @Test(
        "shows the ends, the pages around this one, and gaps",
        arguments: [
            (1, 20, "- [1] 2 3 4 5 … 19 20 »"), (10, 20, "« 1 2 … 8 9 [10] 11 12 13 14 … 19 20 »"),
            (20, 20, "« 1 2 … 18 19 [20] -"), (3, 12, "« 1 2 [3] 4 5 6 7 … 11 12 »"), (1, 1, "- [1] -"),
            (1, 0, "- -"), (5, 2, "« 1 2 -"),
        ])
    func numbers(page: Int, last: Int, expected: String) throws {
        let bar = try bar(page, of: last)
        #expect(bar == expected)
    }

    @Test("addresses carry the page and then the anchor; an arrow that leads nowhere is a bare #")
    func addresses() {
        let view = PaginationView(
            Pagination(items: [0], page: 2, perPage: 1, total: 2), base: "/post/1", anchor: "#comments")
        let (previous, next) = (view.member("prev_url")?.stringValue, view.member("next_url")?.stringValue)
        #expect(previous == "/post/1?page=1#comments" && next == "#")
    }
}
