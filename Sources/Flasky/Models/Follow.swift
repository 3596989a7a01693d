internal import RoostPostgres

/// Who follows whom. Everybody has a row with himself, which counts leave out.
struct Follow: Record {
    let followerID: Int
    let followedID: Int
    let timestamp: Timestamp?

    struct Fields: RecordFields {
        let followerID = Column(\Follow.followerID, .key)
        let followedID = Column(\Follow.followedID, .key)
        let timestamp = Column(\Follow.timestamp)
    }
    static let table = Table<Follow>("follows")
}
