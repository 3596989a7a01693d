internal import RoostTemplates

/// Somebody as lists show them: the name, and what the macro `avatar` makes a picture of.
struct AuthorView: TemplateObject {
    let username: String
    let avatarHash: String

    init(username: String, avatarHash: String) {
        self.username = username
        self.avatarHash = avatarHash
    }

    init(_ author: Author?) {
        self.init(username: author?.username ?? "", avatarHash: author?.avatarHash ?? "")
    }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "username": .string(username)
        // MD5 of the address, in hexadecimal: Gravatar's name for somebody.
        case "avatar_hash": .string(avatarHash)
        case "initial": .string(initial)
        case "avatar_color": .int(avatarColor)
        default: nil
        }
    }

    private var initial: String { username.unicodeScalars.first.map { String($0).uppercased() } ?? "?" }

    /// One of the stylesheet's twelve colours, the same for the same person everywhere.
    private var avatarColor: Int {
        let bytes = avatarHash.isEmpty ? username.utf8.prefix(8) : avatarHash.utf8.prefix(8)
        return Int(bytes.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) } % 12)
    }
}
