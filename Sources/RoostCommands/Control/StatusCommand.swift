public import ArgumentParser
internal import RoostHTTP
internal import RoostPool

/// `status`: what the pool and each worker are doing now.
public struct StatusCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status", abstract: "Shows what the pool and its workers are doing.",
            discussion: "Exit status: 0 done, 1 refused, 4 no pool there.")
    }

    @OptionGroup var options: ControlOptions

    public init() {}

    public func run() throws {
        let answer = try options.send(.status, of: A.self)
        if options.json { return print(answer) }
        for line in StatusTable(try JSONValue(parsing: Array(answer.utf8))).lines { print(line) }
    }
}

/// The pool's answer to `status` as lines for a terminal.
struct StatusTable {
    let lines: [String]

    init(_ status: JSONValue) {
        let pool = status["pool"] ?? .null
        let workers = status["workers"]?.array ?? []
        lines = Self.heading(pool) + [""] + Self.aligned([Self.columns] + workers.map(Self.row))
    }

    private static let columns = [
        "SLOT", "PID", "GEN", "STATE", "REQUESTS", "BUSY", "AVG", "PRIVATE", "SHARED", "ELAPSED", "REQUEST",
    ]

    private static func heading(_ pool: JSONValue) -> [String] {
        let addresses = pool["listen"]?.array?.compactMap { $0["address"]?.string } ?? []
        return [
            "pool \(text(pool["pid"]))  \(text(pool["mode"]))  generation \(text(pool["generation"]))  "
                + "\(text(pool["workers"])) of \(text(pool["target_workers"])) workers  on \(addresses.joined(separator: ", "))",
            "requests \(text(pool["requests"]))  accepted \(text(pool["accepted"]))  handed over \(text(pool["handed_over"]))  "
                + "listen queue \(text(pool["listen_queue"])) (highest \(text(pool["listen_queue_high_water"]))) "
                + "of \(text(pool["backlog"]))",
            "all busy \(text(pool["all_busy"]))  slow \(text(pool["slow_requests"]))  "
                + "timeouts \(text(pool["request_timeouts"]))  restarts \(restarts(pool["restarts"]))",
        ]
    }

    private static func restarts(_ causes: JSONValue?) -> String {
        guard let causes = causes?.object, causes.count > 0 else { return "none" }
        return causes.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
    }

    private static func row(_ worker: JSONValue) -> [String] {
        let request = worker["request"] ?? .null
        let path = [request["method"]?.string, request["path"]?.string].compactMap { $0 }.joined(separator: " ")
        return [
            text(worker["slot"]), text(worker["pid"]), text(worker["generation"]), text(worker["state"]),
            text(worker["requests"]), percent(worker["busy_share"]), decimal(worker["average_milliseconds"], "ms"),
            megabytes(worker["private_bytes"]), megabytes(worker["shared_bytes"]),
            request["running"]?.bool == true ? decimal(request["elapsed"], "s") : "-", path.isEmpty ? "-" : path,
        ]
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = columns.indices.map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { $0 == row.count - 1 ? row[$0] : Columns.pad(row[$0], widths[$0]) }.joined(separator: "  ")
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        value?.string ?? value?.int.map(String.init) ?? "-"
    }

    private static func percent(_ value: JSONValue?) -> String {
        value?.double.map { "\(Int(($0 * 100).rounded()))%" } ?? "-"
    }

    private static func decimal(_ value: JSONValue?, _ unit: String) -> String {
        guard let number = value?.double else { return "-" }
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) \(unit)"
    }

    private static func megabytes(_ value: JSONValue?) -> String {
        decimal(value?.double.map { .double($0 / 1_048_576) }, "MB")
    }
}
