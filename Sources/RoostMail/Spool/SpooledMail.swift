/// A message that could not be delivered yet.
public struct SpooledMail {
    /// What is to become of a message: the ending of its file's name.
    public enum State: String, Sendable, CaseIterable {
        /// It is tried again, by itself and by the command.
        case waiting = "mail"
        /// The server will not take it however often it is sent.
        case refused
        /// It was tried in vain for too long: only the command tries it again.
        case givenUp = "given-up"
    }

    /// The name of its file without the ending.
    let id: String
    public internal(set) var state: State
    public let envelope: MailEnvelope
    /// Microseconds since 1970.
    public let since: Int64
    /// How often it was tried.
    public var attempts: Int
    /// The time of the last attempt, in microseconds since 1970.
    public internal(set) var tried: Int64
    /// Why the last attempt failed.
    public var problem: String
    /// The message as it goes over the wire.
    public let message: [UInt8]

    /// The name of its file.
    public var name: String { "\(id).\(state.rawValue)" }

    /// Lines of `key: value`, an empty line, the message.
    var bytes: [UInt8] {
        var head = "from: \(envelope.sender)\n"
        for recipient in envelope.recipients { head += "to: \(recipient)\n" }
        let oneLine = String(problem.map { $0.isNewline ? " " : $0 })
        head += "since: \(since)\nattempts: \(attempts)\ntried: \(tried)\nproblem: \(oneLine)\n\n"
        return Array(head.utf8) + message
    }

    /// A message after its first attempt.
    init(id: String, state: State, envelope: MailEnvelope, since: Int64, problem: String, message: [UInt8]) {
        (self.id, self.state, self.envelope) = (id, state, envelope)
        (self.since, tried, attempts) = (since, since, 1)
        (self.problem, self.message) = (problem, message)
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
        guard rest.first == 10, let state = State(name: name), let sender = fields["from"]?.first,
            let recipients = fields["to"], let since = fields["since"]?.first.flatMap(Int64.init),
            let attempts = fields["attempts"]?.first.flatMap(Int.init)
        else { return nil }
        self.init(
            id: String(name.dropLast(state.rawValue.utf8.count + 1)), state: state,
            envelope: MailEnvelope(sender: sender, recipients: recipients), since: since,
            problem: fields["problem"]?.first ?? "", message: Array(rest.dropFirst()))
        self.attempts = attempts
        // Files of an older version do not say it.
        tried = fields["tried"]?.first.flatMap(Int64.init) ?? since
    }
}

extension SpooledMail.State {
    /// What the name of a file tells; nil when it is none of the spool's.
    init?(name: String) {
        guard let state = Self.allCases.first(where: { name.hasSuffix("." + $0.rawValue) }) else { return nil }
        self = state
    }
}
