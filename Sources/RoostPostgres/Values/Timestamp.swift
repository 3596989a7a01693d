public import FoundationEssentials
import Glibc

/// A point in time: microseconds since 1970 in UTC, the resolution PostgreSQL keeps.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// PostgreSQL's `infinity`.
    public static let infinity = Timestamp(microseconds: .max)
    /// PostgreSQL's `-infinity`.
    public static let negativeInfinity = Timestamp(microseconds: .min)

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Seconds since 1970, as `time(2)` and nginx's `$msec` count them.
    public init(unixSeconds: Int64) {
        microseconds = unixSeconds * 1_000_000
    }

    public init(_ date: Date) {
        microseconds = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    }

    /// The time now.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Whole seconds since 1970, rounded down.
    public var unixSeconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : -((-(microseconds + 1)) / 1_000_000) - 1
    }

    /// The part of a second beyond `unixSeconds`, 0 to 999,999.
    public var microsecondOfSecond: Int { Int(microseconds &- unixSeconds &* 1_000_000) }

    public var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }

    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + seconds * 1_000_000)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 time: \(text)")
        }
        self = value
    }
}
