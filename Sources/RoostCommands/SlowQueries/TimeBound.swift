internal import ArgumentParser
internal import Roost
internal import RoostPostgres

/// A moment on the command line: a time, or how long ago.
struct TimeBound: ExpressibleByArgument {
    /// Since 1970.
    let microseconds: Int64

    /// Reads `2026-11-21`, `2026-11-21T14:00:00Z`, `2026-11-21 14:00+02`, or `90s`, `30m`, `2h`, `7d`, `2w` before now.
    init?(argument: String) {
        if let ago = Self.seconds(argument) {
            microseconds = Clock.now() - ago * 1_000_000
        } else if let time = Timestamp(iso8601: argument), time != .infinity, time != .negativeInfinity {
            microseconds = time.microseconds
        } else {
            return nil
        }
    }

    private static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let unit = text.last, let factor = units[unit], let number = Int64(text.dropLast()),
            (0...1_000_000).contains(number)
        else { return nil }
        return number * factor
    }
}
