/// What a folder of profiles may hold. The oldest goes when there is more.
public struct ProfileQuota: Sendable, Equatable {
    /// Profiles of requests.
    public var profiles: Int
    /// Minutes of the continuous profile.
    public var minutes: Int
    /// Bytes of both together.
    public var bytes: Int

    public init(profiles: Int = 200, minutes: Int = 1440, bytes: Int = 100 << 20) {
        (self.profiles, self.minutes, self.bytes) = (profiles, minutes, bytes)
    }
}
