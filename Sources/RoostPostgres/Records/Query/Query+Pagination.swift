extension Query {
    /// The farthest page that can be asked for, near enough that no offset overflows.
    static var lastPage: Int { 1_000_000 }

    /// One page of the rows. Beside the rows it counts them all, unless the page itself tells the total.
    ///
    /// - Parameters:
    ///   - page: From 1; smaller numbers mean the first page. A page past the end is empty.
    ///   - perPage: Rows on a page, at least 1.
    ///   - maxPerPage: What `perPage` is cut down to, for numbers that come from a query string.
    ///   - known: The number of all rows, when somebody has counted them already.
    public func paginate(
        page: Int, perPage: Int = 20, maxPerPage: Int = 1000, total known: Int? = nil, in database: Connection,
        file: String = #fileID, line: Int = #line
    ) throws -> Pagination<R> {
        try paginate(page: page, perPage: perPage, maxPerPage: maxPerPage, in: database, file: file, line: line) { _ in
            try known ?? count(in: database, file: file, line: line)
        }
    }

    /// One page of the rows, with a total of the program's own making.
    ///
    /// - Parameter total: how many rows there are on all pages; asked with the page's rows, and only when these do not tell.
    public func paginate(
        page: Int, perPage: Int = 20, maxPerPage: Int = 1000, in database: Connection, file: String = #fileID,
        line: Int = #line, total: ([R]) throws -> Int
    ) throws -> Pagination<R> {
        let site = CallSite(file: file, line: line)
        guard parts.limit == nil, parts.offset == nil else {
            throw R.failure(
                .invalidParameter, "a query with a limit or offset has no pages; nest it with nested(as:) first", sql,
                site)
        }
        let page = Swift.min(Swift.max(page, 1), Self.lastPage)
        let perPage = Swift.min(Swift.max(perPage, 1), Swift.max(maxPerPage, 1))
        let skipped = (page - 1) * perPage
        let items = try limit(perPage).offset(skipped).fetch(database, site)
        let isTold = items.isEmpty ? page == 1 : items.count < perPage
        return Pagination(
            items: items, page: page, perPage: perPage, total: isTold ? skipped + items.count : try total(items))
    }

    /// The page before `page`, nil when that is the first.
    public func previous(
        of page: Pagination<R>, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> Pagination<R>? {
        guard let number = page.previousPage else { return nil }
        return try paginate(
            page: number, perPage: page.perPage, maxPerPage: page.perPage, in: database, file: file, line: line)
    }

    /// The page after `page`, nil when that is the last.
    public func next(
        of page: Pagination<R>, in database: Connection, file: String = #fileID, line: Int = #line
    ) throws -> Pagination<R>? {
        guard let number = page.nextPage else { return nil }
        return try paginate(
            page: number, perPage: page.perPage, maxPerPage: page.perPage, in: database, file: file, line: line)
    }
}
