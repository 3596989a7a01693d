public import RoostSigning

/// The secret keys of an app, from `secret_key` and `secret_key_fallbacks`. They never print themselves.
public struct AppSecrets: Sendable {
    /// Signs everything; nil: nothing can be signed.
    public var key: SecretKey?
    /// Old keys with which sessions are still read, the oldest first.
    public var fallbacks: [SecretKey]

    public init(key: SecretKey? = nil, fallbacks: [SecretKey] = []) {
        self.key = key
        self.fallbacks = fallbacks
    }

    /// The secrets of the settings; none when they are not set, or not listed at all.
    public init(_ settings: Settings) throws {
        self.init(
            key: try settings.listed("secret_key")?.optionalText("secret_key").map { SecretKey($0) },
            fallbacks: try settings.listed("secret_key_fallbacks")?.list("secret_key_fallbacks").map { SecretKey($0) }
                ?? [])
    }
}

/// Something must be signed and there is no key.
public struct NoSecretKey: Error, CustomStringConvertible {
    public var description: String {
        "there is no secret key, so nothing can be signed: set SECRET_KEY in the environment or secret_key in the settings "
            + "file, to a long random text"
    }

    public init() {}
}

private enum SecretsKey: StorageKey { typealias Value = AppSecrets }
private enum TimeKey: StorageKey { typealias Value = () -> Int64 }

extension App {
    /// The app's secret keys: those of its settings, unless others are put here in `makeApp`.
    public var secrets: AppSecrets {
        // Reading texts and lists that are listed throws nothing.
        get { extensions.value(SecretsKey.self) { (try? AppSecrets(settings)) ?? AppSecrets() } }
        set { extensions[SecretsKey.self] = newValue }
    }

    /// The key that signs.
    /// - Throws: `NoSecretKey` when none is set.
    public func secretKey() throws -> SecretKey {
        guard let key = secrets.key else { throw NoSecretKey() }
        return key
    }

    /// The time that signed values are made and checked with, in seconds since 1970. Tests put their own here.
    public var unixTime: () -> Int64 {
        get { extensions[TimeKey.self] ?? { UnixTime.now } }
        set { extensions[TimeKey.self] = newValue }
    }
}

extension Settings {
    /// These settings when they list a key, so that an app whose settings do not know sessions takes the defaults.
    func listed(_ key: String) -> Settings? { known.contains { $0.key == key } ? self : nil }
}
