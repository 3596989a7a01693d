internal import RoostHTTP

/// The name of a profile's files, without their endings: `20261121T144455.123Z-main.index-742ms-4711-3`.
///
/// Sorting the names sorts by time. Process and sequence keep two requests of one millisecond apart.
public struct ProfileName: Hashable, Sendable {
    /// When the request began, in UTC.
    public let time: String
    /// `none` for a request that no route was found for.
    public let endpoint: String
    public let milliseconds: Int
    public let pid: Int32
    public let sequence: Int

    /// - Parameter start: microseconds since 1970.
    init(start: Int64, endpoint: String?, nanoseconds: Int64, pid: Int32, sequence: Int) {
        time = Self.timeText(start)
        self.endpoint = Self.safe(endpoint)
        milliseconds = Int(max(0, nanoseconds) / 1_000_000)
        self.pid = pid
        self.sequence = sequence
    }

    public var text: String { "\(time)-\(endpoint)-\(milliseconds)ms-\(pid)-\(sequence)" }

    /// The name with `*` in place of the duration.
    static func pattern(start: Int64, endpoint: String?, pid: Int32, sequence: Int) -> String {
        "\(timeText(start))-\(safe(endpoint))-*ms-\(pid)-\(sequence)"
    }

    /// Reads `text`; nil for any other file's name. An endpoint may hold dashes.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[0].count == 20, parts[0].last == UInt8(ascii: "Z"),
            parts[parts.count - 3].suffix(2).elementsEqual("ms".utf8),
            let milliseconds = Int(String(decoding: parts[parts.count - 3].dropLast(2), as: UTF8.self)),
            let pid = Int32(String(decoding: parts[parts.count - 2], as: UTF8.self)),
            let sequence = Int(String(decoding: parts[parts.count - 1], as: UTF8.self))
        else { return nil }
        time = String(decoding: parts[0], as: UTF8.self)
        endpoint = parts[1..<(parts.count - 3)].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        (self.milliseconds, self.pid, self.sequence) = (milliseconds, pid, sequence)
    }

    /// `20261121T144455.123Z` of microseconds since 1970.
    static func timeText(_ microseconds: Int64) -> String {
        var bytes: [UInt8] = []
        HTTPDate.appendISO8601(microseconds: microseconds, to: &bytes)
        let compact = bytes.dropLast(4).filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        return String(decoding: compact, as: UTF8.self) + "Z"
    }

    /// Endpoints come from code, file names go to shells.
    private static func safe(_ endpoint: String?) -> String {
        guard let endpoint, !endpoint.isEmpty else { return "none" }
        let bytes = endpoint.utf8.prefix(80).map { byte -> UInt8 in
            let isLetter = (byte | 0x20) &- 97 < 26
            let isKept = isLetter || byte &- 48 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            return isKept ? byte : UInt8(ascii: "_")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix(".") ? "_" + text.dropFirst() : text
    }
}
