/// Which of its lives an application leads; chosen by the setting `app.environment`.
public enum AppEnvironment: String, Sendable, CaseIterable {
    /// On a developer's machine: where the settings file usually turns `debug` on.
    case development
    /// Under test: mail is kept, not sent.
    case testing
    /// For others to see.
    case production
}

extension Setting {
    /// The setting that chooses the environment. Production unless somebody says otherwise: the other way round, a
    /// forgotten line would show error pages with code and values to strangers.
    public static let appEnvironment = Setting(
        "app.environment", .choice(AppEnvironment.allCases.map(\.rawValue)), AppEnvironment.production.rawValue,
        "development, testing or production; chooses a section of `environments:` in the settings file")
}

extension Settings {
    /// The environment these settings are for; production when the application does not list the setting.
    public var environment: AppEnvironment {
        guard let text = try? value(Setting.appEnvironment.key)?.texts.first else { return .production }
        return AppEnvironment(rawValue: text) ?? .production
    }
}
