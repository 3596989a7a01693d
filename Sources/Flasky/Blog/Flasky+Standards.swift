extension Flasky {
    /// Standard settings that have other defaults in the blog: key to text.
    public static let standards = [
        "mail.server": "smtp.googlemail.com", "mail.port": "587", "mail.use_tls": "true",
        "mail.subject_prefix": "[Flasky]", "mail.sender": "Flasky Admin <flasky@example.com>",
        "session.cookie_samesite": "lax", "remember.cookie_samesite": "lax",
    ]
}
