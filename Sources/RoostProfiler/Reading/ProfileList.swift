internal import RoostHTTP

/// The list of profiles as a table and as JSON. Those that the quota removed meanwhile are left out.
public enum ProfileList {
    /// - Throws: `ProfileFileError` and `ProfileFormatError` for a profile that cannot be read.
    public static func text(_ folder: ProfileFolder, _ names: [ProfileName]) throws -> String {
        var text = line("time", "ms", "status", "kept", "endpoint", "request", "name")
        for name in names {
            guard let head = try folder.existingHead(name) else { continue }
            text += line(
                name.time, "\(name.milliseconds)", "\(head.status)", head.kinds.joined(separator: ","), name.endpoint,
                OneLine.text(head.requestID, limit: 32), name.text)
        }
        return text
    }

    private static func line(
        _ time: String, _ milliseconds: String, _ status: String, _ kept: String, _ endpoint: String,
        _ request: String, _ name: String
    ) -> String {
        Column.left(time, 20) + Column.right(milliseconds, 8) + Column.right(status, 8) + "  " + Column.left(kept, 16)
            + "  " + Column.left(endpoint, 20) + "  " + Column.left(request, 32) + "  \(name)\n"
    }

    /// - Throws: `ProfileFileError` and `ProfileFormatError` for a profile that cannot be read.
    public static func json(_ folder: ProfileFolder, _ names: [ProfileName]) throws -> [UInt8] {
        var json = JSONWriter()
        json.beginArray()
        for name in names {
            guard let head = try folder.existingHead(name) else { continue }
            append(name, head, &json)
        }
        json.endArray()
        json.endLine()
        return json.bytes
    }

    private static func append(_ name: ProfileName, _ head: StoredProfile, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("name", name.text)
        json.field("time", name.time)
        json.field("ms", name.milliseconds)
        json.field("endpoint", name.endpoint)
        json.field("method", head.method)
        json.field("path", head.path)
        json.field("status", head.status)
        json.field("request_id", head.requestID)
        json.key("kept")
        json.beginArray()
        for kind in head.kinds { json.value(kind) }
        json.endArray()
        json.field("reasons", head.reasons)
        json.field("samples", head.samples)
        json.field("hertz", head.hertz)
        json.endObject()
    }
}
