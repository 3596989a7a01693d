internal import RoostHTTP

/// The list of profiles as a table and as JSON.
public enum ProfileList {
    /// - Parameter limit: profiles shown; the last of them.
    public static func text(_ folder: ProfileFolder, _ names: [ProfileName], limit: Int) throws -> String {
        var text = "time                       ms  status  endpoint              request                           name\n"
        for name in names.suffix(limit) {
            guard let head = try? folder.head(name) else { continue }  // removed by the quota meanwhile
            text += Column.left(name.time, 20) + Column.right("\(name.milliseconds)", 9)
            text += Column.right("\(head.status)", 8) + "  " + Column.left(name.endpoint, 20) + "  "
            text += Column.left(OneLine.text(head.requestID, limit: 32), 32) + "  \(name.text)\n"
        }
        return text
    }

    public static func json(_ folder: ProfileFolder, _ names: [ProfileName], limit: Int) throws -> [UInt8] {
        var json = JSONWriter()
        json.beginArray()
        for name in names.suffix(limit) {
            guard let head = try? folder.head(name) else { continue }
            json.beginObject()
            json.field("name", name.text)
            json.field("time", name.time)
            json.field("ms", name.milliseconds)
            json.field("endpoint", name.endpoint)
            json.field("method", head.method)
            json.field("path", head.path)
            json.field("status", head.status)
            json.field("request_id", head.requestID)
            json.field("reasons", head.reasons)
            json.field("samples", head.samples)
            json.field("hertz", head.hertz)
            json.endObject()
        }
        json.endArray()
        json.endLine()
        return json.bytes
    }
}
