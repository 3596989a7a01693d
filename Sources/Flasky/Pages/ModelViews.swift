internal import RoostHTTP
internal import RoostMarkup
internal import RoostPostgres
internal import RoostTemplates

extension Post: TemplateObject {
    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "id": .int(id)
        case "body": .string(body)
        // Cleaned when it was stored.
        case "body_html": .safe(SafeHTML(trusted: bodyHTML))
        case "timestamp": .string(timestamp.pageText)
        case "author": .object(AuthorView(author.value))
        case "comment_count": .int(commentCount.value ?? 0)
        default: nil
        }
    }
}

extension Comment: TemplateObject {
    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "id": .int(id)
        case "body": .string(body)
        case "body_html": .safe(SafeHTML(trusted: bodyHTML))
        case "timestamp": .string(timestamp.pageText)
        case "disabled": .bool(isDisabled)
        case "author": .object(AuthorView(author.value))
        default: nil
        }
    }
}

extension User: TemplateObject {
    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "username", "initial", "avatar_color": AuthorView(username: username, avatarHash: avatarHash).member(name)
        case "name": .string(self.name)
        case "location": .string(location)
        case "map_url": .string(mapURL)
        case "about_me": .string(aboutMe)
        case "member_since": .string(memberSince.pageText)
        case "last_seen": .string(lastSeen.pageText)
        case "post_count": .int(postCount.value ?? 0)
        case "comment_count": .int(commentCount.value ?? 0)
        case "follower_count": .int(followerCount.value ?? 0)
        case "followed_count": .int(followingCount.value ?? 0)
        default: nil
        }
    }
}

extension User {
    /// Where a map shows the location somebody typed.
    private var mapURL: String {
        var url = Array("https://maps.google.com/?q=".utf8)
        PercentCoding.appendQuery(location, to: &url)
        return String(decoding: url, as: UTF8.self)
    }
}

extension Timestamp {
    /// ISO 8601 in UTC to the second, as the pages' script expects it: `2026-11-21T02:08:20Z`.
    var pageText: String { Timestamp(unixSeconds: unixSeconds).iso8601 }
}
