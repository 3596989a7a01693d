/// A setting that cannot be used. `key` is its name in the settings file, below `pool.`
public struct SettingsError: Error, CustomStringConvertible, Equatable {
    public let key: String
    public let reason: String

    public init(_ key: String, _ reason: String) {
        self.key = key
        self.reason = reason
    }

    public var description: String { "\(key): \(reason)" }
}
