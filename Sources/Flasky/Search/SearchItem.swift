internal import RoostTemplates

/// A thing found, as the page shows it: the members of the post, the user or the comment, and `headline`.
struct SearchItem: TemplateObject {
    let hit: SearchHit

    func member(_ name: String) -> TemplateValue? {
        if name == "headline" { return .safe(hit.headline) }
        switch hit.content {
        case .post(let post): return post.member(name)
        case .user(let user): return user.member(name)
        case .comment(let comment): return name == "post_id" ? .int(comment.postID) : comment.member(name)
        }
    }
}
