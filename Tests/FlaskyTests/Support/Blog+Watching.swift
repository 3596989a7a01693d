import Roost
import RoostPostgres

extension Blog {
    /// The messages that a piece of work leaves for the next page.
    func flashes(during work: () throws -> Void) rethrows -> [String] {
        try app.signals.messageFlashed.captured(during: work).map(\.message)
    }

    /// How many rows a table has.
    func count<R: Record>(_ type: R.Type) throws -> Int { try R.query.count(in: database) }
}
