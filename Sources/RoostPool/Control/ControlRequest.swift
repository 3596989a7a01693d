/// What may be asked of a running pool, as one line of JSON: `{"command":"scale","workers":8}`.
public enum ControlCommand: Equatable, Sendable {
    case status
    /// So many workers from now on, until the next reload.
    case scale(Int)
    case stop
    /// Answered when the roll has ended.
    case reload
    case reopenLogs

    public var line: String {
        switch self {
        case .status: #"{"command":"status"}"#
        case .scale(let count): #"{"command":"scale","workers":\#(count)}"#
        case .stop: #"{"command":"stop"}"#
        case .reload: #"{"command":"reload"}"#
        case .reopenLogs: #"{"command":"reopen-logs"}"#
        }
    }

    /// Reads one line. Throws `ControlRefusal` saying what is wrong with it.
    init(parsing line: some Collection<UInt8>) throws {
        var scanner = FlatJSON(Array(line))
        guard let fields = scanner.object() else { throw ControlRefusal("the request is not a flat JSON object") }
        switch fields["command"] {
        case .text("status"): self = .status
        case .text("stop"): self = .stop
        case .text("reload"): self = .reload
        case .text("reopen-logs"): self = .reopenLogs
        case .text("scale"):
            guard case .number(let count) = fields["workers"] else {
                throw ControlRefusal("scale needs \"workers\", a whole number")
            }
            self = .scale(count)
        case .text(let name): throw ControlRefusal("there is no command \"\(name)\"")
        default: throw ControlRefusal("the request names no command")
        }
    }
}

struct ControlRefusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
