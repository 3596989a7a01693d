internal import Roost

/// The API's own settings.
struct APISettings {
    /// Wrong passwords a minute, for one address and account.
    let failures: Int
    /// The same for one address and all accounts together.
    let failuresPerAddress: Int
    /// How long a worker knows a password that was right; zero: it hashes every time.
    let passwordMemory: Duration

    init(_ settings: Settings) throws {
        failures = try settings.count("flasky.api_failures")
        failuresPerAddress = try settings.count("flasky.api_failures_per_address")
        passwordMemory = try settings.duration("flasky.api_password_memory")
    }

    static let all = [
        Setting(
            "flasky.api_failures", .count(1...1_000_000), "20",
            "wrong passwords a minute in API calls, for an address and account; above: 429"),
        Setting(
            "flasky.api_failures_per_address", .count(1...1_000_000), "100",
            "the same for an address, whatever the account"),
        Setting(
            "flasky.api_password_memory", .duration, "5m",
            "how long a worker knows that a password was right; 0s: it hashes at every API call"),
    ]
}
