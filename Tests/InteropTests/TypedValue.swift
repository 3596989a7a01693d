import Roost
import Testing

/// The vectors' notation for values that JSON does not have.
enum TypedValue {
    static func decode(_ value: SessionValue) throws -> SessionValue {
        if case .array(let items) = value { return .array(try items.map(decode)) }
        guard let object = value.object, object.count == 1, let key = object.keys.first, let inner = object[key] else {
            return value
        }
        switch key {
        case "$dict": return .object(try pairs(inner) { try need($0.string) })
        case "$dict_int_keys": return .object(try pairs(inner) { String(try need($0.int)) })
        case "$tuple": return .tuple(try need(inner.array).map(decode))
        case "$markup": return .markup(try need(inner.string))
        case "$uuid": return .uuid(try need(SessionUUID(try need(inner.string))))
        case "$bytes_hex": return .bytes(try bytes(hex: need(inner.string)))
        case "$float": return .number(try need(Double(try need(inner.string))))
        case "$datetime": return .date(try seconds(need(inner.string)))
        // Flask has no tag for a plain date: it falls back to the text of an HTTP date.
        case "$date": return try need(.httpDate(seconds(need(inner.string) + "T00:00:00+00:00")))
        default:
            Issue.record("the notation \(key) is not known")
            return value
        }
    }

    static func bytes(hex: String) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map {
            try need(UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16))
        }
    }

    private static func pairs(
        _ value: SessionValue, _ key: (SessionValue) throws -> String
    ) throws -> SessionObject {
        SessionObject(
            try need(value.array).map { pair in
                (try key(need(pair[0])), try decode(need(pair[1])))
            })
    }

    /// Seconds since 1970 of `2025-01-02T03:04:05+00:00`.
    private static func seconds(_ text: String) throws -> Int64 {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split { "-T+".contains($0) }
        try #require(parts.count >= 5 && parts[4] == "00:00", "an offset in \(text)")
        let month = months[try need(Int(parts[1])) - 1]
        return try need(HTTPDate.seconds("Mon, \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"))
    }
}
