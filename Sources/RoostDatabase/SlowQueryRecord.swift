internal import Roost
internal import RoostHTTP
internal import RoostPostgres

/// One line of the slow-query log: what ran, how long, from where, for which request.
struct SlowQueryRecord {
    let event: QueryEvent
    let request: Request?
    let showsParameters: Bool

    /// Appends the line as JSON, without the line feed.
    func append(to json: inout JSONWriter) {
        json.beginObject()
        json.field("time", Timestamp.now.iso8601)
        json.field("duration_ms", milliseconds(event.totalNanoseconds))
        json.field("wait_ms", milliseconds(event.waitNanoseconds))
        json.field("server_ms", milliseconds(event.serverNanoseconds))
        json.field("decode_ms", milliseconds(event.decodingNanoseconds))
        json.field("rows", event.rows)
        json.field("statement", event.statement)
        appendParameters(to: &json)
        json.field("call_site", event.site.description)
        if let error = event.error { json.field("error", error.description) }
        if let request { append(request, to: &json) }
        json.endObject()
    }

    private func append(_ request: Request, to json: inout JSONWriter) {
        json.field("request_id", request.requestID)
        json.field("method", request.method.rawValue)
        json.field("path", request.path)
        if let endpoint = request.endpoint { json.field("endpoint", endpoint) }
        if let slot = request.app.workerSlot { json.field("worker", slot) }
    }

    private func appendParameters(to json: inout JSONWriter) {
        json.key("parameters")
        json.beginArray()
        for value in event.parameters { json.value(showsParameters ? value : Self.redacted(value)) }
        json.endArray()
    }

    /// Tells that there was a value and how large it was, and nothing else about it.
    private static func redacted(_ value: String) -> String { "<\(value.utf8.count) bytes>" }

    private func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds / 1000) / 1000 }
}
