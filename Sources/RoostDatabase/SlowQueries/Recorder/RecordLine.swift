internal import Roost
internal import RoostHTTP
internal import RoostPostgres

/// Writes one line of the slow-query log; every kind of record is made from the same parts.
///
/// Texts are cut where they could grow without bound, so that a line is always whole JSON below the log's own limit.
struct RecordLine {
    /// Whose request it was, and which process answered it.
    struct Origin {
        let request: Request?
        let userID: String?
        let generation: Int?
        let release: String
    }

    /// The most bytes of each text. Escaping can make a text six times as long.
    struct Limits {
        let statement: Int
        let text: Int
        let values: Int
        let value: Int

        static let standard = Limits(statement: 8192, text: 2048, values: 50, value: 200)
        static let tight = Limits(statement: 768, text: 200, values: 10, value: 40)
    }

    private(set) var json: JSONWriter
    let limits: Limits

    /// A line of any content below the log's limit: cut harder when it would not fit otherwise.
    static func make(kind: String, _ origin: Origin, _ body: (inout RecordLine) -> Void) -> [UInt8] {
        let line = make(kind: kind, origin, .standard, body)
        return line.count < LogFile.lineLimit ? line : make(kind: kind, origin, .tight, body)
    }

    private static func make(
        kind: String, _ origin: Origin, _ limits: Limits, _ body: (inout RecordLine) -> Void
    ) -> [UInt8] {
        var line = RecordLine(json: JSONWriter(capacity: 768), limits: limits)
        line.json.beginObject()
        line.json.field("time", Timestamp.now.iso8601)
        line.json.field("kind", kind)
        body(&line)
        line.append(origin, kind)
        line.json.endObject()
        return line.json.bytes
    }

    mutating func field(_ name: StaticString, _ text: String) { json.field(name, cut(text, limits.text)) }

    mutating func field(_ name: StaticString, _ number: Int) { json.field(name, number) }

    /// Milliseconds with three digits behind the point.
    mutating func milliseconds(_ name: StaticString, _ nanoseconds: UInt64) {
        json.field(name, Double(nanoseconds / 1000) / 1000)
    }

    /// The statement with its fingerprint; a long one also with the folded text that its fingerprint was taken of.
    mutating func statement(_ text: String, _ fingerprint: SQLFingerprint) {
        json.field("fingerprint", fingerprint.hash)
        json.field("statement", cut(text, limits.statement))
        guard text.utf8.count > limits.statement else { return }
        json.field("statement_bytes", text.utf8.count)
        json.field("normalized", cut(fingerprint.text, limits.statement))
    }

    /// The bound values, or how large they are.
    mutating func parameters(_ sql: SQL, shown: Bool) {
        json.key("parameters")
        json.beginArray()
        for value in sql.logValues(shown: shown, limit: limits.values, size: limits.value) { json.value(value) }
        json.endArray()
    }

    /// A long text such as a plan.
    mutating func text(_ name: StaticString, _ text: String) { json.field(name, cut(text, limits.statement)) }

    private mutating func append(_ origin: Origin, _ kind: String) {
        json.field("release", cut(origin.release, limits.text))
        guard let request = origin.request else { return }
        field("request_id", request.requestID)
        field("method", request.method.rawValue)
        field("path", request.path)
        if let endpoint = request.endpoint { field("endpoint", endpoint) }
        if let user = origin.userID { field("user_id", user) }
        if let slot = request.app.workerSlot { json.field("worker", slot) }
        if let generation = origin.generation { json.field("generation", generation) }
        if let pid = request.app.workerPID { json.field("pid", pid) }
        if let profile = request.trace.profile {
            profile.keep(because: ProfileReason(.statement, "slow-query record (\(kind))"))
            if let pattern = profile.pattern { json.field("profile", pattern) }
        }
    }

    private func cut(_ text: String, _ limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
        while !end.isOnCharacter(of: text) { end = text.utf8.index(before: end) }
        return text[..<end] + "…[truncated]"
    }
}

extension String.Index {
    /// Whether the byte here begins a character of UTF-8.
    fileprivate func isOnCharacter(of text: String) -> Bool { text.utf8[self] & 0xC0 != 0x80 }
}
