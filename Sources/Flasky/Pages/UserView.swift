internal import RoostHTTP
internal import RoostPostgres
internal import RoostTemplates

/// What templates see of a user: of the profile shown, and of `current_user`.
extension User: TemplateObject {
    func member(_ name: String) -> TemplateValue? {
        permissionMember(name) ?? profileMember(name)
            ?? AuthorView(username: username, avatarHash: avatarHash).member(name)
    }

    private func permissionMember(_ name: String) -> TemplateValue? {
        switch name {
        case "can": PermissionView.check(can)
        case "is_administrator": .bool(isAdministrator)
        default: PermissionView.permission(asked: name).map { .bool(can($0)) }
        }
    }

    private func profileMember(_ name: String) -> TemplateValue? {
        switch name {
        case "id": .int(id)
        case "username": .string(username)
        case "email": .string(email)
        case "confirmed": .bool(isConfirmed)
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

    /// Where a map shows the location somebody typed.
    private var mapURL: String {
        var url = Array("https://maps.google.com/?q=".utf8)
        PercentCoding.appendQuery(location, to: &url)
        return String(decoding: url, as: UTF8.self)
    }
}

/// The `current_user` of strangers, who may nothing. `is_authenticated` and its like come from the framework.
struct StrangerView: TemplateObject {
    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "id", "username": TemplateValue.none
        case "can": PermissionView.check { _ in false }
        case "is_administrator": .bool(false)
        default: PermissionView.permission(asked: name).map { _ in .bool(false) }
        }
    }
}
