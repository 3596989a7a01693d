internal import RoostTemplates

/// A thing found, as the page shows it: the members of the post, the user or the comment, and `headline`.
struct SearchItem: TemplateObject {
    let hit: SearchHit
    /// Where a comment stands among those of its post.
    let page: Int?

    func member(_ name: String) -> TemplateValue? {
        if name == "headline" { return .safe(hit.headline) }
        switch hit.content {
        case .post(let post): return post.member(name)
        case .user(let user): return user.member(name)
        case .comment(let comment):
            switch name {
            case "post_id": return .int(comment.postID)
            // The first page has the post's own address.
            case "page": return page.flatMap { $0 > 1 ? .int($0) : nil } ?? TemplateValue.none
            default: return comment.member(name)
            }
        }
    }
}
