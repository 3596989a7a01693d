/// The access log: one JSON object per line and request.
public enum AccessLog {
    /// Texts of the client longer than this are cut, so that a line stays whole JSON below the limit of the file.
    private static let textLimit = 2048

    static func write(_ exchange: Exchange, to log: LogFile) { log.write(line: line(exchange)) }

    /// The line for an exchange that is finished, without its line feed.
    public static func line(_ exchange: Exchange, now: Int64 = Clock.now()) -> [UInt8] {
        let (request, trace, app) = (exchange.request, exchange.request.trace, exchange.request.app)
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.key("time")
        json.value(time(now))
        text("request_id", request.requestID, &json)
        text("remote", request.remoteAddress, &json)
        text("method", request.method.rawValue, &json)
        text("path", request.path, &json)
        text("endpoint", request.endpoint, &json)
        number("status", exchange.response.status.code, &json)
        number("bytes", Int(exchange.bytesWritten), &json)
        milliseconds("ms", exchange.nanoseconds, &json)
        milliseconds("sql_ms", trace.sqlNanoseconds, &json)
        number("sql_count", trace.sqlCount, &json)
        text("user_agent", request.http.userAgent, &json)
        text("referer", request.http.referer, &json)
        if let slot = app.workerSlot { number("worker", slot, &json) }
        if let pid = app.workerPID { number("pid", Int(pid), &json) }
        if let profile = trace.profile?.name { text("profile", profile, &json) }
        if exchange.aborted {
            json.key("aborted")
            json.value(true)
        }
        json.endObject()
        return json.bytes
    }

    private static func time(_ microseconds: Int64) -> String {
        var bytes: [UInt8] = []
        HTTPDate.appendISO8601(microseconds: microseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func text(_ key: StaticString, _ value: String?, _ json: inout JSONWriter) {
        json.key(key)
        guard let value, value.utf8.count > textLimit else { return json.value(value) }
        json.value(String(decoding: value.utf8.prefix(textLimit), as: UTF8.self) + "…[truncated]")
    }

    private static func number(_ key: StaticString, _ value: Int, _ json: inout JSONWriter) {
        json.key(key)
        json.value(value)
    }

    /// Three digits behind the point: microseconds.
    private static func milliseconds(_ key: StaticString, _ nanoseconds: Int64, _ json: inout JSONWriter) {
        json.key(key)
        let microseconds = max(0, nanoseconds / 1000)
        let rest = String(microseconds % 1000)
        json.value(
            json: (String(microseconds / 1000) + "." + String(repeating: "0", count: 3 - rest.utf8.count) + rest).utf8)
    }
}
