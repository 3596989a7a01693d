/// ETags and the conditions a client may put on them.
public enum Conditional {
    /// A strong ETag of bytes: FNV-1a over them and their count, in quotes.
    public static func etag(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\"\(String(hash, radix: 16))-\(String(bytes.count, radix: 16))\""
    }

    /// What the conditions of a request say about what would be answered.
    public enum Verdict: Equatable, Sendable {
        case proceed
        /// 304: the client's copy is good.
        case notModified
        /// 412: the client meant another version.
        case failed
    }

    /// Weighs the conditions in the order of RFC 9110, section 13.2.2.
    ///
    /// - Parameters:
    ///   - method: 304 answers GET and HEAD only; the others fail with 412
    ///   - etag: the ETag of what would be sent, quotes included; nil when there is nothing yet
    ///   - lastModified: its time in seconds since 1970
    public static func evaluate(
        _ method: HTTPMethod, _ headers: RequestHeaders, etag: String?, lastModified: Int64? = nil
    ) -> Verdict {
        if let wanted = ETags(headers["If-Match"]) {
            guard let etag, wanted.containsStrongly(etag) else { return .failed }
        } else if let since = headers["If-Unmodified-Since"].flatMap(HTTPDate.seconds) {
            if let lastModified, lastModified > since { return .failed }
        }
        guard headers.contains("If-None-Match") else {
            return method == .get || method == .head
                ? isNotModified(headers, etag: etag, lastModified: lastModified) ? .notModified : .proceed : .proceed
        }
        guard isNotModified(headers, etag: etag) else { return .proceed }
        return method == .get || method == .head ? .notModified : .failed
    }

    /// Whether the client's copy is still good, so that 304 answers. `If-None-Match` decides alone when it is there.
    ///
    /// - Parameters:
    ///   - etag: the ETag of what would be sent, quotes included
    ///   - lastModified: its time in seconds since 1970
    public static func isNotModified(_ headers: RequestHeaders, etag: String?, lastModified: Int64? = nil) -> Bool {
        if let wanted = ETags(headers["If-None-Match"]) { return etag.map(wanted.containsWeakly) ?? false }
        guard let since = headers["If-Modified-Since"].flatMap(HTTPDate.seconds), let lastModified else { return false }
        return lastModified <= since
    }

    /// The one range of bytes that a client asks for in a body of `size`.
    public enum Range: Equatable {
        case whole
        case part(offset: Int64, length: Int64)
        case unsatisfiable
    }

    /// Reads `Range` and `If-Range`; several ranges at once are answered with the whole, as RFC 9110 allows.
    public static func range(_ headers: RequestHeaders, size: Int64, etag: String, lastModified: Int64) -> Range {
        guard let text = headers["Range"], text.hasPrefix("bytes="), !text.utf8.contains(ASCII.comma) else {
            return .whole
        }
        if let condition = headers["If-Range"], condition != etag || etag.hasPrefix("W/"),
            HTTPDate.seconds(condition) != lastModified
        {
            return .whole
        }
        let sides = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy({ $0.utf8.allSatisfy(ASCII.isDigit) }) else { return .whole }
        switch (Int64(sides[0]), Int64(sides[1])) {
        case (let first?, let last):
            guard first < size, last ?? first >= first else { return .unsatisfiable }
            return .part(offset: first, length: min(last ?? size - 1, size - 1) - first + 1)
        case (nil, let suffix?):
            guard suffix > 0, size > 0 else { return .unsatisfiable }
            return .part(offset: max(0, size - suffix), length: min(suffix, size))
        default: return .whole
        }
    }
}
