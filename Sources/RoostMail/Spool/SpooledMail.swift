/// A message that could not be delivered yet.
public struct SpooledMail {
    /// The name of its file.
    public let name: String
    public let envelope: MailEnvelope
    /// Microseconds since 1970.
    public let since: Int64
    /// How often it was tried.
    public var attempts: Int
    /// Why the last attempt failed.
    public var problem: String
    /// The message as it goes over the wire.
    public let message: [UInt8]

    /// Lines of `key: value`, an empty line, the message.
    var bytes: [UInt8] {
        var head = "from: \(envelope.sender)\n"
        for recipient in envelope.recipients { head += "to: \(recipient)\n" }
        let oneLine = String(problem.map { $0.isNewline ? " " : $0 })
        head += "since: \(since)\nattempts: \(attempts)\nproblem: \(oneLine)\n\n"
        return Array(head.utf8) + message
    }

    init(name: String, envelope: MailEnvelope, since: Int64, attempts: Int, problem: String, message: [UInt8]) {
        self.name = name
        self.envelope = envelope
        self.since = since
        self.attempts = attempts
        self.problem = problem
        self.message = message
    }

    /// Reads a file of the spool; nil when it is none.
    init?(name: String, bytes: [UInt8]) {
        var rest = bytes[...]
        var fields: [String: [String]] = [:]
        while let end = rest.firstIndex(of: 10), end > rest.startIndex {
            let line = rest[..<end]
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon + 1 < line.endIndex else { return nil }
            let key = String(decoding: line[..<colon], as: UTF8.self)
            fields[key, default: []].append(String(decoding: line[(colon + 2)...], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        guard rest.first == 10, let sender = fields["from"]?.first, let recipients = fields["to"],
            let since = fields["since"]?.first.flatMap(Int64.init),
            let attempts = fields["attempts"]?.first.flatMap(Int.init)
        else { return nil }
        self.init(
            name: name, envelope: MailEnvelope(sender: sender, recipients: recipients), since: since,
            attempts: attempts, problem: fields["problem"]?.first ?? "", message: Array(rest.dropFirst()))
    }
}
