internal import RoostPostgres

/// Who wrote a post or a comment: the part of a user that lists show.
struct Author: Record, Identifiable {
    let id: Int
    let username: String
    let avatarHash: String

    init(row: inout RecordReader) throws {
        id = try row.next()
        username = try row.next(ifNull: "")
        avatarHash = try row.next(ifNull: "")
    }

    struct Fields: RecordFields {
        let id = Column(\Author.id, .generated)
        let username = Column(\Author.username)
        let avatarHash = Column(\Author.avatarHash)
    }
    static let table = Table<Author>("users")
}
