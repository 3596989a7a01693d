internal import RoostPostgres

/// How many posts there are, remembered by each worker: counting all of them takes longer than the rest of the home page.
///
/// Posts are only ever added, with growing ids. When a page shows one that was not counted, the new ones are counted; all
/// are counted again after a while, for what other programs add or delete.
final class PostCount {
    private var total = 0
    private var lastID = 0
    private var isGoodUntil: ContinuousClock.Instant?
    private let now: () -> ContinuousClock.Instant

    /// The shortest time until all are counted again; a long count is not repeated before a hundred times as long.
    static let life = Duration.seconds(5)

    /// - Parameter now: the time, for tests.
    init(now: @escaping () -> ContinuousClock.Instant = { .now }) { self.now = now }

    /// - Parameter posts: those that the reader sees.
    func total(knowing posts: [Post], in database: Connection) throws -> Int {
        if isGoodUntil.map({ $0 <= now() }) ?? true {
            (total, lastID) = (0, 0)
            let start = now()
            try countNewOnes(in: database)
            isGoodUntil = now() + max(Self.life, start.duration(to: now()) * 100)
        } else if posts.contains(where: { $0.id > lastID }) {
            try countNewOnes(in: database)
        }
        return total
    }

    private func countNewOnes(in database: Connection) throws {
        let last = lastID
        let (new, newest) = try database.one(
            "SELECT count(*), max(id) FROM posts WHERE id > \(last) AND author_id IS NOT NULL", as: (Int, Int?).self)
        total += new
        lastID = newest ?? last
    }
}
