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
        case "author_id": .int(authorID)
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

extension Timestamp {
    /// ISO 8601 in UTC to the second, as the pages' script expects it: `2026-11-21T02:08:20Z`.
    var pageText: String { Timestamp(unixSeconds: unixSeconds).iso8601 }
}
