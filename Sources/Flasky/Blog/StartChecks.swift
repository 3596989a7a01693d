internal import Roost

extension Flasky {
    /// Refuses to start where the blog would be unsafe or useless for others: in production only, so that developers
    /// and tests need no settings.
    /// - Throws: `SettingError` that says what to set
    static func checkStart(_ settings: Settings) throws {
        guard settings.environment == .production else { return }
        try checkSecretKey(settings)
        try MailLinks.check(settings)
    }

    private static func checkSecretKey(_ settings: Settings) throws {
        guard try settings.optionalText("secret_key") == nil else { return }
        throw SettingError(
            "secret_key",
            "must be set in production: it signs sessions and the tokens in mails. Put a long random text into "
                + "SECRET_KEY, or the name of a file that holds one into SECRET_KEY_FILE",
            try settings.value("secret_key")?.origin ?? .standard)
    }
}
