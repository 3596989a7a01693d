/// What is looked for; the value of `type` in addresses.
enum SearchKind: String, CaseIterable {
    case posts, users, comments

    /// The tab's label.
    var label: String {
        switch self {
        case .posts: "Posts"
        case .users: "Users"
        case .comments: "Comments"
        }
    }
}
