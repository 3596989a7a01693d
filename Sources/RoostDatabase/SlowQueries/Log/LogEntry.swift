internal import RoostHTTP
internal import RoostPostgres

/// One line of a slow-query log, as far as reports need it.
struct LogEntry {
    enum Kind: String {
        case slow, failed, cancelled, duplicate, plan, dropped
        case nPlusOne = "n_plus_one"
    }

    let kind: Kind
    /// Microseconds since 1970.
    let time: Int64
    let fingerprint: String
    /// The folded text, made from the statement when the line does not hold it.
    let normalized: String?
    let statement: String
    /// Microseconds.
    let duration: Int64
    let rows: Int?
    let parameters: [String]
    let endpoint: String?
    let callSite: String?
    let release: String
    let request: Request
    let error: String?
    /// For repeats: how often, and for how long in all, in microseconds.
    let count: Int
    let total: Int64
    let plan: String?
    let planKind: String?
    let planShape: String?

    /// Whose request it was.
    struct Request {
        let id: String?
        let method: String?
        let path: String?
        let user: String?
    }

    /// Why a line is not an entry.
    enum Rejection: Error {
        /// Not JSON, or cut off.
        case broken
        /// JSON of another log that shares the stream.
        case foreign
    }

    init(line: ArraySlice<UInt8>) throws(Rejection) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Array(line))
        } catch {
            throw .broken
        }
        guard value.object != nil else { throw .broken }
        // Lines of earlier releases have neither kind nor fingerprint.
        let isPlain = value["kind"] == nil && value["statement"] != nil && value["duration_ms"] != nil
        guard let kind = Kind(rawValue: value["kind"]?.string ?? (isPlain ? "slow" : "")) else { throw .foreign }
        guard let time = value["time"]?.string.flatMap({ Timestamp(iso8601: $0) }) else { throw .broken }
        let statement = value["statement"]?.string ?? ""
        guard kind == .dropped || value["statement"]?.string != nil else { throw .broken }
        self.kind = kind
        self.time = time.microseconds
        self.statement = statement
        normalized = value["normalized"]?.string
        fingerprint = value["fingerprint"]?.string ?? SQLFingerprint(of: statement).hash
        duration = Self.microseconds(value["duration_ms"])
        rows = value["rows"]?.int
        parameters = value["parameters"]?.array?.compactMap(\.string) ?? []
        endpoint = value["endpoint"]?.string
        callSite = value["call_site"]?.string
        release = value["release"]?.string ?? "unknown"
        request = Request(
            id: value["request_id"]?.string, method: value["method"]?.string, path: value["path"]?.string,
            user: value["user_id"]?.string)
        error = value["error"]?.string
        count = max(0, value["count"]?.int ?? 0)
        total = Self.microseconds(value["total_ms"])
        plan = value["plan"]?.string
        planKind = value["plan_kind"]?.string
        planShape = value["plan_shape"]?.string
    }

    /// Times that no clock can have measured count as none.
    private static func microseconds(_ milliseconds: JSONValue?) -> Int64 {
        guard let number = milliseconds?.double, number > 0, number < 1e12 else { return 0 }
        return Int64((number * 1000).rounded())
    }
}
