/// The JSON of Flask's sessions, which marks types that JSON does not have: `{" t":[1,2]}` is a tuple.
///
/// The format is that of Flask's `TaggedJSONSerializer`. Every tag begins with a space.
public enum TaggedJSON {
    private enum Tag: String {
        case escaped = " di"
        case tuple = " t"
        case bytes = " b"
        case markup = " m"
        case uuid = " u"
        case date = " d"
    }

    /// Writes a value: keys sorted, no spaces, ASCII only.
    /// - Throws: `PayloadError` for a number that is not finite, or a date outside the years 1 to 9999.
    public static func encode(_ value: SessionValue) throws(PayloadError) -> [UInt8] {
        try PayloadWriter.encode(try tagged(value), .session)
    }

    /// Reads a value, tags included.
    /// - Parameter depth: arrays and objects within each other that are accepted
    /// - Throws: `SigningError.badPayload` with what is wrong.
    public static func decode(_ json: [UInt8], depth: Int = PayloadLimits.standard.depth) throws(SigningError)
        -> SessionValue
    {
        let value: SessionValue
        do {
            value = try PayloadParser.parse(json, depth: depth)
        } catch {
            throw .badPayload("The payload is not JSON: \(error)")
        }
        return try untagged(value)
    }

    // MARK: Writing

    private static func tagged(_ value: SessionValue) throws(PayloadError) -> SessionValue {
        switch value {
        case .object(let object): return try tagged(object)
        case .tuple(let items): return wrapped(.tuple, .array(try tagged(items)))
        case .array(let items): return .array(try tagged(items))
        case .bytes(let bytes):
            return wrapped(.bytes, .text(String(decoding: Base64.encodeStandard(bytes), as: UTF8.self)))
        case .markup(let html): return wrapped(.markup, .text(html))
        case .uuid(let uuid): return wrapped(.uuid, .text(uuid.digits))
        case .date(let seconds):
            guard let date = SessionValue.httpDate(seconds) else {
                throw PayloadError(description: "the date \(seconds) lies outside the years 1 to 9999")
            }
            return wrapped(.date, date)
        case .null, .bool, .integer, .bigInteger, .number, .text: return value
        }
    }

    private static func tagged(_ items: [SessionValue]) throws(PayloadError) -> [SessionValue] {
        try items.map { (item) throws(PayloadError) in try tagged(item) }
    }

    /// An object whose only key looks like a tag is escaped, so that it is not read as one.
    private static func tagged(_ object: SessionObject) throws(PayloadError) -> SessionValue {
        var members = SessionObject()
        for (key, value) in object { members[key] = try tagged(value) }
        guard object.count == 1, let key = object.keys.first, Tag(rawValue: key) != nil, let value = members[key] else {
            return .object(members)
        }
        return wrapped(.escaped, .object([key + "__": value]))
    }

    private static func wrapped(_ tag: Tag, _ value: SessionValue) -> SessionValue { .object([tag.rawValue: value]) }

    // MARK: Reading

    /// Children first, then the object itself.
    private static func untagged(_ value: SessionValue) throws(SigningError) -> SessionValue {
        switch value {
        case .array(let items):
            return .array(try items.map { (item) throws(SigningError) in try untagged(item) })
        case .object(let object):
            var members = SessionObject()
            for (key, value) in object { members[key] = try untagged(value) }
            guard members.count == 1, let key = members.keys.first, let tag = Tag(rawValue: key),
                let value = members[key]
            else { return .object(members) }
            return try read(tag, value)
        default: return value
        }
    }

    private static func read(_ tag: Tag, _ value: SessionValue) throws(SigningError) -> SessionValue {
        switch tag {
        case .escaped:
            guard let member = value.object?.first(where: { _ in true }) else { throw bad(tag) }
            return .object([String(String.UnicodeScalarView(member.key.unicodeScalars.dropLast(2))): member.value])
        case .tuple: return .tuple(try items(value))
        case .bytes:
            guard let text = value.string, let bytes = Base64.decodeStandard(Array(text.utf8)) else { throw bad(tag) }
            return .bytes(bytes)
        case .markup:
            guard let html = value.string else { throw bad(tag) }
            return .markup(html)
        case .uuid:
            guard let text = value.string, let uuid = SessionUUID(text) else { throw bad(tag) }
            return .uuid(uuid)
        case .date:
            if value.isNull { return .null }
            guard let text = value.string else { throw bad(tag) }
            return HTTPDateText.seconds(text).map { .date($0) } ?? .null
        }
    }

    /// What Python's `tuple()` makes of a value: text falls into characters, an object into its keys.
    private static func items(_ value: SessionValue) throws(SigningError) -> [SessionValue] {
        switch value {
        case .array(let items), .tuple(let items): return items
        case .text(let text), .markup(let text): return text.unicodeScalars.map { .text(String($0)) }
        case .object(let object): return object.keys.map { .text($0) }
        case .bytes(let bytes): return bytes.map { .integer(Int($0)) }
        default: throw bad(.tuple)
        }
    }

    private static func bad(_ tag: Tag) -> SigningError {
        .badPayload("The value of the tag \(tag.rawValue.debugDescription) is malformed.")
    }
}
