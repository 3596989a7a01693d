extension Flasky {
    /// Standard settings that have other defaults in the blog: key to text.
    public static let standards = [
        "mail.server": "smtp.googlemail.com", "mail.port": "587", "mail.use_tls": "true",
        "mail.subject_prefix": "[Flasky]", "mail.sender": "Flasky Admin <flasky@example.com>",
        // Every list is a page of 20 rows. For their joins the planner likes a Memoize node, whose hash table is sized
        // for the whole table and made anew at each execution: the home page's statement takes 1.7 times as long.
        "database.session": "enable_memoize=off",
        "session.cookie_samesite": "lax", "remember.cookie_samesite": "lax",
    ]
}
