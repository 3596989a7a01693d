internal import Roost
internal import RoostPostgres

/// Somebody as the API shows them: without address, name and whereabouts.
struct UserJSON {
    let user: User
    let postCount: Int
    let url: String
    let postsURL: String
    let timelineURL: String

    init(_ user: User, _ request: Request) throws {
        self.user = user
        postCount = try user.postCount.get()
        url = try request.urlFor("api.get_user", ["id": user.id])
        postsURL = try request.urlFor("api.get_user_posts", ["id": user.id])
        timelineURL = try request.urlFor("api.get_user_followed_posts", ["id": user.id])
    }

    static let output = Output<UserJSON>(
        "User", .field("followed_posts_url", \.timelineURL),
        .field("last_seen", help: "As in HTTP headers") { $0.user.lastSeen.httpText },
        .field("member_since", help: "As in HTTP headers") { $0.user.memberSince.httpText },
        .field("post_count", \.postCount), .field("posts_url", \.postsURL), .field("url", \.url),
        .field("username", \.user.username))
}
