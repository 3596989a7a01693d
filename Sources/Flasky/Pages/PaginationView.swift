internal import RoostPostgres
internal import RoostTemplates

/// A pagination bar: the numbers it shows and where each leads.
struct PaginationView: TemplateObject {
    private let number: Int
    private let bar: [Int?]
    private let previous: Int?
    private let next: Int?
    private let total: Int
    private let url: (Int) -> String

    /// - Parameters:
    ///   - page: the page shown now.
    ///   - base: the list's address; `page` is added to the query that it may have.
    ///   - anchor: what follows the query, with its `#`.
    init(_ page: Pagination<some Any>, base: String, anchor: String = "") {
        number = page.page
        bar = page.numbers()
        previous = page.previousPage
        next = page.nextPage
        total = page.total
        let separator = base.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        url = { "\(base)\(separator)page=\($0)\(anchor)" }
    }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "page": .int(number)
        case "total": .int(total)
        case "has_prev": .bool(previous != nil)
        case "prev_url": .string(previous.map(url) ?? "#")
        case "has_next": .bool(next != nil)
        case "next_url": .string(next.map(url) ?? "#")
        case "pages": .array(bar.map(item))
        default: nil
        }
    }

    private func item(_ page: Int?) -> TemplateValue {
        guard let page else { return .none }
        return .dictionary(["number": .int(page), "url": .string(url(page))])
    }
}
