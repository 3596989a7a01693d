/// The address to return to after logging in, as Flask-Login writes it into the login page's address.
struct NextAddress {
    private let login: AddressParts
    /// Path and query when the login page is on the same host, else the whole address.
    let text: String

    init(login: String, request: Request) {
        let login = AddressParts(login)
        self.login = login
        let path = ReadableAddress.path(request.http.prefix + request.path)
        let query = ReadableAddress.query(Array(request.http.queryString.utf8))
        let local = query.isEmpty ? path : path + "?" + query
        let isSame =
            (login.scheme.isEmpty || login.scheme == request.scheme)
            && (login.host.isEmpty || login.host == request.host)
        text = isSame ? local : "\(request.scheme)://\(request.host)\(local)"
    }

    /// The login page's address with `next` in its query; what else the query held stays.
    func loginAddress(host: String?) -> String {
        var address = login
        if let host { address.host = host }
        address.query = Self.encode(fields)
        return address.text
    }

    /// The query's own fields, those of one name together; `next` where it was, else at the end.
    private var fields: [(name: String, value: String)] {
        let sent = Parameters(urlEncoded: Array(login.query.utf8))
        var names: [String] = []
        for (name, _) in sent where !names.contains(name) { names.append(name) }
        if !names.contains("next") { names.append("next") }
        return names.flatMap { name in name == "next" ? [(name, text)] : sent.filter { $0.name == name } }
    }

    private static func encode(_ fields: [(name: String, value: String)]) -> String {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Addresses in the readable form that Werkzeug gives a request: only what must be encoded is.
enum ReadableAddress {
    private static let controlsAndPercent = Set(Array(0...0x20) + [UInt8(ascii: "%"), 0x7F])

    /// A decoded path, encoded where it would mean something else.
    static func path(_ decoded: String) -> String {
        readable(quoted(Array(decoded.utf8), plain: "!$&'()*+,/:;=@%"), kept: controlsAndPercent.union("/?#".utf8))
    }

    /// A query as it was sent. Its ASCII escapes mostly stay.
    static func query(_ sent: [UInt8]) -> String {
        readable(quoted(sent, plain: "!$&'()*+,/:;=?@%"), kept: controlsAndPercent.union("&=+#".utf8))
    }

    /// Encodes every byte that is neither unreserved nor one of `plain`.
    private static func quoted(_ bytes: [UInt8], plain: String) -> [UInt8] {
        let plain = Set(plain.utf8).union(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return bytes.flatMap { plain.contains($0) ? [$0] : escape($0) }
    }

    /// Decodes escapes but for those of `kept`; bytes that are not UTF-8 are encoded again.
    private static func readable(_ bytes: [UInt8], kept: Set<UInt8>) -> String {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let byte = escaped(bytes, at: index) {
                decoded += kept.contains(byte) ? Array(bytes[index..<index + 3]) : [byte]
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return text(decoded)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = UTF8Length.ofFirst(rest)
            if count == 0 { text += escape(rest.removeFirst()) }
            text += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func escaped(_ bytes: [UInt8], at index: Int) -> UInt8? {
        guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count else { return nil }
        guard let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

/// How many bytes the first character takes.
enum UTF8Length {
    /// 0 when the bytes do not begin with a valid character.
    static func ofFirst(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        if first < 0x80 { return 1 }
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
        guard count > 0, bytes.count >= count else { return 0 }
        return String(validating: bytes.prefix(count), as: UTF8.self) == nil ? 0 : count
    }
}
