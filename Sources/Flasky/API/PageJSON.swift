internal import Roost
internal import RoostPostgres

/// A page of a list as the API shows it.
struct PageJSON<Item> {
    let items: [Item]
    /// All there are, on all pages.
    let count: Int
    let next: String?
    let previous: String?

    /// - Parameters:
    ///   - page: what the database gave
    ///   - endpoint: of the list
    ///   - id: of whom or what the list belongs to
    ///   - show: makes of each what is shown
    init<Row>(
        _ page: Pagination<Row>, _ request: Request, endpoint: String, id: Int? = nil, show: (Row) throws -> Item
    ) throws {
        items = try page.items.map(show)
        count = page.total
        next = try page.nextPage.map { try request.urlFor(endpoint, ["id": id, "page": $0]) }
        previous = try page.previousPage.map { try request.urlFor(endpoint, ["id": id, "page": $0]) }
    }

    /// - Parameters:
    ///   - name: in the API's description
    ///   - list: the member with the items
    static func output(_ name: String, _ list: String, _ item: Output<Item>) -> Output<PageJSON<Item>> {
        Output(
            name, .field("count") { $0.count }, .field("next") { $0.next }, .list(list, \.items, item),
            .field("prev") { $0.previous })
    }
}
