/// What a worker is doing now, as an operator sees it.
public enum WorkerPhase: UInt64, Sendable, CaseIterable {
    case starting, idle, reading, view, sql, rendering, writing, stopping

    public var name: String {
        switch self {
        case .starting: "starting"
        case .idle: "idle"
        case .reading: "reading"
        case .view: "view"
        case .sql: "sql"
        case .rendering: "rendering"
        case .writing: "writing"
        case .stopping: "stopping"
        }
    }
}
