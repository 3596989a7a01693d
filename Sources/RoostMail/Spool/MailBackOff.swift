/// When a message is tried again, and for how long.
///
/// The pauses double, so that a server that is busy is not kept busy. The longest and the end are in the spirit of
/// RFC 5321, section 4.5.4.1, which wants frequent attempts at first and an end after four to five days.
enum MailBackOff {
    /// Microseconds after the first attempt.
    static let firstPause: Int64 = 60 * 1_000_000
    static let longestPause: Int64 = 3600 * 1_000_000
    /// Microseconds after which an attempt that fails was the last.
    static let patience: Int64 = 5 * 86_400 * 1_000_000

    /// Microseconds between an attempt and the next one.
    /// - Parameter attempts: how many there were, from 1
    static func pause(after attempts: Int) -> Int64 {
        let doublings = min(max(attempts - 1, 0), 32)
        return min(firstPause << Int64(doublings), longestPause)
    }

    /// Whether the pause is over.
    /// - Parameter now: microseconds since 1970
    static func isDue(_ mail: SpooledMail, at now: Int64) -> Bool {
        // A clock that was set back must not keep a message waiting until it has caught up.
        mail.tried > now || now - mail.tried >= pause(after: mail.attempts)
    }

    /// Whether a message that has just failed again is not worth another attempt.
    static func isOver(_ mail: SpooledMail, at now: Int64) -> Bool { now - mail.since >= patience }
}
