internal import RoostSigning

private enum SignersKey: StorageKey { typealias Value = [String] }

extension App {
    /// Says that a part of the app cannot do without the secret key, so that a production without one refuses to start.
    ///
    /// Sessions in cookies, `useLogin` and `useCSRF` say so by themselves. An app that only signs tokens, or keeps
    /// something in the session now and then, calls it in `makeApp`; else the first use fails.
    ///
    /// - Parameter use: what needs it, for the message: `tokens in mails`.
    public func requireSecretKey(for use: String) {
        let uses = extensions[SignersKey.self] ?? []
        if !uses.contains(use) { extensions[SignersKey.self] = uses + [use] }
    }

    /// Refuses, in production, to sign with nothing, or with what others may know.
    ///
    /// Only an app whose settings name an environment serves others; one without is a test or a script.
    /// - Throws: `SettingError`
    func checkSecretKeys() throws {
        guard settings.listed(Setting.appEnvironment.key)?.environment == .production else { return }
        let secrets = secrets
        if secrets.key == nil, let uses = extensions[SignersKey.self] {
            throw SettingError(
                "secret_key", "is not set, and \(uses.joined(separator: ", ")) sign with it: \(Self.advice)", .standard)
        }
        try refuse(secrets.key, "secret_key")
        for fallback in secrets.fallbacks { try refuse(fallback, "secret_key_fallbacks") }
        let csrf = try settings.listed("csrf.secret_key")?.optionalText("csrf.secret_key").map { SecretKey($0) }
        try refuse(csrf, "csrf.secret_key")
    }

    private func refuse(_ key: SecretKey?, _ setting: String) throws {
        guard let weakness = key?.weakness else { return }
        let origin = try settings.listed(setting)?.value(setting)?.origin ?? .code
        throw SettingError(setting, "\(weakness), so that others can forge what it signs: \(Self.advice)", origin)
    }

    private static let advice = """
        set SECRET_KEY in the environment, or SECRET_KEY_FILE to the name of a file, to a long random text such as \
        `openssl rand -hex 32` prints
        """
}
