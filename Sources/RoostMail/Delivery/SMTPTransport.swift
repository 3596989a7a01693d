internal import CCURL

/// Delivers over SMTP with libcurl. It is used in workers only: libcurl starts threads to look up names.
///
/// The connection stays open until `close`, so that several messages share it.
public final class SMTPTransport: MailTransport {
    public let settings: SMTPSettings
    private var handle: OpaquePointer?
    private var isReady = false

    public init(_ settings: SMTPSettings) { self.settings = settings }

    deinit { close() }

    public func close() {
        if let handle { curl_easy_cleanup(UnsafeMutableRawPointer(handle)) }
        handle = nil
    }

    public func deliver(_ message: [UInt8], _ envelope: MailEnvelope) throws(MailError) {
        let curl = try open()
        curl_easy_reset(curl)
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        for recipient in envelope.recipients {
            guard let longer = curl_slist_append(recipients, "<\(recipient)>") else { throw Self.outOfMemory }
            recipients = longer
        }
        try configure(curl)
        try check(roost_curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(envelope.sender)>"))
        try check(roost_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients))
        try send(message, curl)
    }

    /// Sends the bytes and turns what the server said into an error.
    private func send(_ message: [UInt8], _ curl: UnsafeMutableRawPointer) throws(MailError) {
        let reader = MessageReader(message)
        var problem = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let result = withExtendedLifetime(reader) {
            problem.withUnsafeMutableBufferPointer { buffer in
                _ = roost_curl_set_pointer(curl, CURLOPT_ERRORBUFFER, buffer.baseAddress)
                _ = roost_curl_set_pointer(curl, CURLOPT_READDATA, Unmanaged.passUnretained(reader).toOpaque())
                _ = roost_curl_set_transfer(curl, CURLOPT_READFUNCTION, readMessage)
                _ = roost_curl_set_transfer(curl, CURLOPT_WRITEFUNCTION, ignoreReply)
                defer {
                    _ = roost_curl_set_pointer(curl, CURLOPT_ERRORBUFFER, nil)
                    _ = roost_curl_set_pointer(curl, CURLOPT_READDATA, nil)
                }
                return curl_easy_perform(curl)
            }
        }
        guard result != CURLE_OK else { return }
        let text = String(decoding: problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        throw error(result, text, reply: roost_curl_response_code(curl))
    }

    private func open() throws(MailError) -> UnsafeMutableRawPointer {
        if !isReady {
            try check(curl_global_init(Int(CURL_GLOBAL_DEFAULT)))
            isReady = true
        }
        if let handle { return UnsafeMutableRawPointer(handle) }
        guard let made = curl_easy_init() else { throw Self.outOfMemory }
        handle = OpaquePointer(made)
        return made
    }

    private func configure(_ curl: UnsafeMutableRawPointer) throws(MailError) {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.server.contains(":") ? "[\(settings.server)]" : settings.server
        try check(roost_curl_set_text(curl, CURLOPT_URL, "\(scheme)://\(host):\(settings.port)"))
        // Without signals: a worker has its own use for SIGALRM and SIGPIPE.
        try check(roost_curl_set_number(curl, CURLOPT_NOSIGNAL, 1))
        try check(roost_curl_set_number(curl, CURLOPT_UPLOAD, 1))
        try check(roost_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps"))
        // No proxy of the environment: mail goes where the settings say.
        try check(roost_curl_set_text(curl, CURLOPT_PROXY, ""))
        try check(roost_curl_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(settings.connectTimeout)))
        try check(
            roost_curl_set_number(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, Self.milliseconds(settings.timeout) / 1000 + 1)
        )
        try check(roost_curl_set_number(curl, CURLOPT_TIMEOUT_MS, Self.milliseconds(settings.timeout)))
        if settings.security == .startTLS {
            try check(roost_curl_set_number(curl, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)))
        }
        if let certificates = settings.certificates {
            try check(roost_curl_set_text(curl, CURLOPT_CAINFO, certificates))
        }
        if let username = settings.username, !username.isEmpty {
            try check(roost_curl_set_text(curl, CURLOPT_USERNAME, username))
            try check(roost_curl_set_text(curl, CURLOPT_PASSWORD, settings.password ?? ""))
        }
    }

    private func check(_ code: CURLcode) throws(MailError) {
        guard code == CURLE_OK else {
            throw MailError(.temporary, "libcurl: \(String(cString: curl_easy_strerror(code)))")
        }
    }

    /// What may succeed later, and what will not: answers from 500 on, and a wrong name or password. An answer from 400
    /// on is about the message, except those by which a server says that it closes or cannot check passwords now.
    private func error(_ code: CURLcode, _ text: String, reply: Int) -> MailError {
        let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        let isRefused = reply >= 500 || (code == CURLE_LOGIN_DENIED && reply != 454)
        let isOfMessage = reply >= 400 && reply != 421 && code != CURLE_LOGIN_DENIED
        let kind: MailError.Code = isRefused ? .refused : isOfMessage ? .temporary : .unreachable
        let answer = reply >= 400 ? " (the server said \(reply))" : ""
        return MailError(kind, "\(settings.server):\(settings.port): \(reason)\(answer)")
    }

    private static var outOfMemory: MailError { MailError(.temporary, "libcurl: out of memory") }

    private static func milliseconds(_ duration: Duration) -> Int {
        max(1, Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000))
    }
}

/// The message as libcurl asks for it, piece by piece.
private final class MessageReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        bytes[position..<position + count].withUnsafeBytes { buffer.copyMemory(from: $0) }
        position += count
        return count
    }
}

private func readMessage(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ reader: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let reader else { return 0 }
    let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
    return Unmanaged<MessageReader>.fromOpaque(reader).takeUnretainedValue().read(into: bytes)
}

private func ignoreReply(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ nothing: UnsafeMutableRawPointer?
) -> Int { size * count }
