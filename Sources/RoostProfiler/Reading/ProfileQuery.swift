internal import Glibc
public import Roost

/// Which profiles of a folder are meant.
public struct ProfileQuery: Sendable {
    public enum Order: String, CaseIterable, Sendable {
        case date, time, endpoint
    }

    /// Names, parts of names, shell patterns or `latest`; empty means all.
    public var names: [String] = []
    public var endpoint: String?
    /// Only requests that began in the last so many seconds.
    public var since: Duration?
    /// Only requests that took at least so many milliseconds.
    public var slowerThan = 0
    public var requestID: String?
    /// Only profiles that were kept for such a reason.
    public var kept: ProfileReason.Kind?
    public var order = Order.date

    public init() {}

    /// The earliest name that counts.
    func earliest(now: Int64 = Clock.now()) -> String {
        guard let since else { return "" }
        return ProfileName.timeText(now - Int64(since / .microseconds(1)))
    }

    func matches(_ name: ProfileName, earliest: String) -> Bool {
        (endpoint == nil || name.endpoint == endpoint) && name.milliseconds >= slowerThan && name.time >= earliest
    }

    /// Whether names do not say enough.
    fileprivate var looksInside: Bool { requestID != nil || kept != nil }

    /// - Parameter head: nil for a profile that has gone meanwhile.
    fileprivate func matches(_ head: StoredProfile?) -> Bool {
        guard let head else { return false }
        return (requestID == nil || head.requestID == requestID)
            && (kept.map { head.kinds.contains($0.rawValue) } ?? true)
    }
}

extension ProfileFolder {
    /// The names a query means, in its order.
    /// - Throws: `ProfileNotFound` for a name or pattern that fits none.
    public func find(_ query: ProfileQuery) throws -> [ProfileName] {
        let all = try names()
        var found = query.names.isEmpty ? all : try query.names.flatMap { try named($0, among: all) }
        var seen: Set<ProfileName> = []
        found = found.filter { seen.insert($0).inserted }
        let earliest = query.earliest()
        found = found.filter { query.matches($0, earliest: earliest) }
        if query.looksInside { found = try found.filter { try query.matches(existingHead($0)) } }
        switch query.order {
        case .date: break
        case .time: found.sort { $0.milliseconds > $1.milliseconds }
        case .endpoint: found.sort { ($0.endpoint, $0.time) < ($1.endpoint, $1.time) }
        }
        return found
    }

    /// `latest`, a whole name, a pattern such as the one in a slow-query record, or a part of a name. What a shell put
    /// before and behind it, folder and ending, is taken off.
    private func named(_ text: String, among all: [ProfileName]) throws -> [ProfileName] {
        if text == "latest", let last = all.last { return [last] }
        var name = String(text.split(separator: "/").last ?? "")
        for ending in Ending.allCases where name.hasSuffix(ending.rawValue) {
            name.removeLast(ending.rawValue.utf8.count)
        }
        if let exact = all.first(where: { $0.text == name }) { return [exact] }
        let isPattern = name.contains { $0 == "*" || $0 == "?" || $0 == "[" }
        let found = all.filter { isPattern ? fnmatch(name, $0.text, 0) == 0 : $0.text.contains(name) }
        if found.isEmpty || name.isEmpty { throw ProfileNotFound(name: text, folder: path, count: all.count) }
        return found
    }
}

/// There is no profile of a name.
public struct ProfileNotFound: Error, CustomStringConvertible {
    let name: String
    let folder: String
    let count: Int

    public var description: String {
        "no profile in \(folder) fits \"\(name)\"; there \(count == 1 ? "is 1" : "are \(count)"): see `profiles list`"
    }
}
