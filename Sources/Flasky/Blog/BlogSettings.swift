public import Roost

/// The blog's own settings, read once while the app is made.
struct BlogSettings {
    let postsPerPage: Int
    let commentsPerPage: Int
    let followersPerPage: Int
    /// The address that registers as administrator, in lower case; nil: none does.
    let admin: String?
    let passwords: PasswordPolicy
    let minimumPasswordLength: Int
    let accountLimits: AccountLimits
    let searchLimit: RequestLimit?
    /// Whether `GET` on paths that change something still does so, as in the book.
    let allowsLegacyGet: Bool
    /// Whether logins are readable and writable by the book's Python application.
    let sharesLogins: Bool
    /// Whether pictures of people come from gravatar.com; otherwise they are drawn here.
    let usesGravatar: Bool
    let searchLanguage: SearchLanguage
    let api: APISettings

    /// - Throws: `SettingError` for values that do not fit.
    init(_ settings: Settings) throws {
        postsPerPage = try settings.count("flasky.posts_per_page")
        commentsPerPage = try settings.count("flasky.comments_per_page")
        followersPerPage = try settings.count("flasky.followers_per_page")
        admin = try Self.address("flasky.admin", settings)
        passwords = PasswordPolicy(rounds: try settings.count("flasky.password_rounds"))
        minimumPasswordLength = try settings.count("flasky.minimum_password_length")
        accountLimits = try AccountLimits(settings)
        searchLimit = try RequestLimit("flasky.searches_per_address", per: .seconds(60), settings)
        allowsLegacyGet = try settings.flag("flasky.legacy_get")
        sharesLogins = try settings.flag("flasky.shared_logins")
        usesGravatar = try settings.text("flasky.avatars") == "gravatar"
        searchLanguage = try SearchLanguage(setting: "flasky.search_language", of: settings)
        api = try APISettings(settings)
    }

    /// An e-mail address without the blanks and capitals that somebody typed; nil when none is set.
    private static func address(_ key: String, _ settings: Settings) throws -> String? {
        guard let text = try settings.optionalText(key) else { return nil }
        let words = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard !words.isEmpty else { return nil }
        let address = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        guard AccountRules.isEmail(address) else {
            throw SettingError(
                key, "\"\(address)\" is no e-mail address that could be registered",
                try settings.value(key)?.origin ?? .code)
        }
        return AccountRules.normalized(email: address)
    }
}

extension Flasky {
    /// The blog's own settings, beside the standard ones.
    public static let settings = [
        Setting("flasky.posts_per_page", .count(1...1000), "20", "posts on a page"),
        Setting("flasky.comments_per_page", .count(1...1000), "30", "comments on a page"),
        Setting("flasky.followers_per_page", .count(1...1000), "50", "followers on a page"),
        Setting("flasky.admin", .text, nil, "e-mail address that registers as administrator"),
        Setting("flasky.password_rounds", .count(1...5_000_000), "1000000", "PBKDF2 rounds of new password hashes"),
        Setting("flasky.minimum_password_length", .count(1...128), "1", "characters of a new password"),
        Setting("flasky.logins_per_address", .count(0...1_000_000), "60", "logins that fail in a minute; 0: any number"),
        Setting("flasky.logins_per_account", .count(0...1_000_000), "20", "the same, from one address to one account"),
        Setting("flasky.mails_per_address", .count(0...1_000_000), "100", "mails asked for in an hour; 0: any number"),
        Setting("flasky.mails_per_account", .count(0...1_000_000), "20", "the same, to one account"),
        Setting("flasky.searches_per_address", .count(0...1_000_000), "120", "searches a minute; 0: any number"),
        Setting("flasky.legacy_get", .flag, "true", "GET on /follow, /auth/logout and their like still changes something"),
        Setting("flasky.shared_logins", .flag, "false", "logins are those of the Python application, too"),
        Setting("flasky.avatars", .choice(["generated", "gravatar"]), "generated", "where pictures of people come from"),
        Setting("flasky.search_language", .text, "english", "PostgreSQL's text search configuration"),
    ] + APISettings.all
}
