internal import RoostPostgres

/// Counts a request's statements by text and call site, in bounded memory, without reading a statement's text.
struct RepeatTracker {
    /// The runs of one statement text from one call site.
    struct Entry {
        let statement: String
        let site: CallSite
        var count = 0
        var total: UInt64 = 0
        var longest: UInt64 = 0
        /// What stands in the log already, line by line.
        var loggedCount = 0
        var loggedTotal: UInt64 = 0
        /// Hashes of the different values it ran with; no more than are needed to tell n+1 from duplicates.
        var values: [Int] = []
    }

    /// Statements kept apart in one request; what comes beyond is only counted.
    static let entryLimit = 1000
    /// Bytes of statements kept for one request.
    static let textLimit = 1 << 20

    private(set) var entries: [Entry] = []
    private(set) var untracked = 0
    private var places: [UInt64: Int] = [:]
    private var textSize = 0
    /// How many different values are worth knowing.
    let valueLimit: Int

    init(valueLimit: Int) {
        self.valueLimit = valueLimit
    }

    /// Takes one run. Called for every statement, so it hashes and compares nothing but what identifies the run.
    mutating func note(_ event: QueryEvent, logged: Bool) {
        guard let place = place(of: event) else {
            untracked += 1
            return
        }
        entries[place].note(event, logged: logged, valueLimit: valueLimit)
    }

    /// Begins the next request. A request of many statements does not leave its memory to all that follow.
    mutating func removeAll() {
        if entries.isEmpty, untracked == 0 { return }
        let keeps = entries.count <= 64
        entries.removeAll(keepingCapacity: keeps)
        places.removeAll(keepingCapacity: keeps)
        (untracked, textSize) = (0, 0)
    }

    private mutating func place(of event: QueryEvent) -> Int? {
        let identity = event.identity
        if let place = places[identity] { return place }
        let size = event.statement.utf8.count
        guard entries.count < Self.entryLimit, textSize + size <= Self.textLimit else { return nil }
        textSize += size
        places[identity] = entries.count
        entries.append(Entry(statement: event.statement, site: event.site))
        return entries.count - 1
    }
}

extension RepeatTracker.Entry {
    fileprivate mutating func note(_ event: QueryEvent, logged: Bool, valueLimit: Int) {
        let duration = event.totalNanoseconds
        count += 1
        total += duration
        longest = max(longest, duration)
        if logged {
            loggedCount += 1
            loggedTotal += duration
        }
        guard values.count <= valueLimit else { return }
        let hash = event.sql.valuesHash
        if !values.contains(hash) { values.append(hash) }
    }
}
