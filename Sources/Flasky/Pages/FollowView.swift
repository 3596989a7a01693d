internal import RoostPostgres
internal import RoostTemplates

/// A row of a list of followers: a person, and since when.
struct FollowView: TemplateObject {
    private let person: AuthorView
    private let since: String?

    init(_ person: Author?, since: Timestamp?) {
        self.person = AuthorView(person)
        self.since = since?.pageText
    }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "user": .object(person)
        case "timestamp": since.templateValue
        default: nil
        }
    }
}
