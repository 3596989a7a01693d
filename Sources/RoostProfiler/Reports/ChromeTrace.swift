internal import Roost
internal import RoostHTTP

/// The spans of a request as Chrome's trace events, for chrome://tracing and Perfetto; `otherData` holds the head,
/// which `profiles` reads.
/// Format: "Trace Event Format", complete events (`X`) and names (`M`), times in microseconds.
enum ChromeTrace {
    static func bytes(_ head: ProfileHead, _ spans: [RequestTrace.Span]) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("otherData")
        append(head, &json)
        json.field("displayTimeUnit", "ms")
        json.key("traceEvents")
        json.beginArray()
        name("process_name", head.app, head, &json)
        name("thread_name", head.worker.map { "worker \($0)" } ?? "request", head, &json)
        event(head, "\(head.method) \(head.path)", "request", head.start, head.nanoseconds, site: nil, &json)
        for span in spans.sorted(by: { $0.start < $1.start }) {
            event(head, span.name, span.kind.rawValue, span.start, span.duration, site: span.site?.description, &json)
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }

    private static func append(_ head: ProfileHead, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("format", head.version)
        json.field("name", head.name.text)
        json.field("method", head.method)
        json.field("path", head.path)
        json.field("endpoint", head.name.endpoint)
        json.field("status", head.status)
        json.field("request_id", head.requestID)
        json.field("kept", ProfileHead.kinds(head.reasons))
        json.field("reasons", head.reasons.map(\.text).joined(separator: ", "))
        json.field("clock", head.clock.rawValue)
        json.field("hertz", head.hertz)
        json.field("samples", head.counts.samples)
        json.field("lost", head.counts.lost)
        json.field("truncated", head.counts.truncated)
        json.field("handler_ns", head.counts.handler)
        json.field("build_id", head.buildID)
        json.endObject()
    }

    /// A metadata event: what the viewer calls the process or the thread.
    private static func name(_ which: String, _ name: String, _ head: ProfileHead, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("name", which)
        json.field("ph", "M")
        json.field("pid", head.name.pid)
        json.field("tid", head.worker ?? 0)
        json.key("args")
        json.beginObject()
        json.field("name", name)
        json.endObject()
        json.endObject()
    }

    private static func event(
        _ head: ProfileHead, _ name: String, _ category: String, _ start: Int64, _ duration: Int64, site: String?,
        _ json: inout JSONWriter
    ) {
        json.beginObject()
        json.field("name", name)
        json.field("cat", category)
        json.field("ph", "X")
        json.field("ts", Double(start - head.start) / 1000)
        json.field("dur", Double(duration) / 1000)
        json.field("pid", head.name.pid)
        json.field("tid", head.worker ?? 0)
        json.key("args")
        json.beginObject()
        if let site { json.field("call_site", site) }
        json.endObject()
        json.endObject()
    }
}
