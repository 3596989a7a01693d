import CLibPQ

/// The time that a piece of work may take, on the monotonic clock.
///
/// A connection that has one never lets a statement run much longer than what is left: the server cancels it then, even
/// if the worker that asked for it is gone.
public struct TimeBudget: Sendable, Hashable {
    /// The whole time in nanoseconds.
    public let total: UInt64
    /// When it is used up, in nanoseconds of the monotonic clock.
    public let end: UInt64

    /// - Parameters:
    ///   - total: the whole time.
    ///   - start: when it began, in nanoseconds of the monotonic clock; now when nil.
    public init(_ total: Duration, from start: UInt64? = nil) {
        self.total = UInt64(max(0, total / .nanoseconds(1)))
        end = (start ?? Clock.nanoseconds) &+ self.total
    }

    /// Even when all is used up: a view that has caught the error can still write it down.
    private static let least: UInt64 = 100

    func millisecondsLeft(at now: UInt64) -> UInt64 {
        max(end > now ? (end - now + 999_999) / 1_000_000 : 0, Self.least)
    }

    /// What to set as timeout: a little more than what is left, so that requests that begin a few milliseconds after
    /// their start do not each need another value.
    func timeout(left: UInt64) -> UInt64 {
        let step = max(total / 64_000_000, 1)
        return (left + step - 1) / step * step
    }

    /// Whether a timeout that is set still does: never less than what is left, at most a quarter more.
    func accepts(_ applied: UInt64, left: UInt64) -> Bool {
        applied >= left && applied <= max(left + left / 4, timeout(left: left))
    }
}

extension Connection {
    /// Brings `statement_timeout` to what is left of the budget. Costs a round trip only when the value no longer does:
    /// once per connection, and in requests that have used up a fifth of their time.
    func applyTimeBudget(
        _ sql: SQL, _ site: CallSite, _ handle: OpaquePointer, now: UInt64
    ) throws(QueryError) {
        // A pooler gives the session to others: only inside a transaction, with SET LOCAL, see `localTimeout`.
        guard settings.pooler == .session, PQtransactionStatus(handle) != PQTRANS_INERROR else { return }
        let command: String
        if let timeBudget {
            let left = timeBudget.millisecondsLeft(at: now)
            if let appliedTimeout, timeBudget.accepts(appliedTimeout, left: left) { return }
            appliedTimeout = timeBudget.timeout(left: left)
            command = "SET statement_timeout = \(timeBudget.timeout(left: left))"
        } else {
            appliedTimeout = nil
            command = "RESET statement_timeout"
        }
        do throws(QueryError) {
            PQclear(try checked(PQexec(handle, command), sql, site, handle))
        } catch {
            appliedTimeout = nil
            var error = error
            error.wasNotSent = true
            throw error
        }
        isTimeoutUncertain = !isIdle(handle)
    }

    /// What follows BEGIN behind a pooler: the timeout for this transaction, in the same round trip.
    var localTimeout: String {
        guard settings.pooler == .transaction, let timeBudget else { return "" }
        let left = timeBudget.millisecondsLeft(at: Clock.nanoseconds)
        return "; SET LOCAL statement_timeout = \(timeBudget.timeout(left: left))"
    }
}
