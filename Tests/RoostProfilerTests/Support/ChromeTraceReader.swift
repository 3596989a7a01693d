import Foundation
import Testing

/// A strict reader of Chrome's trace event format: complete events and the metadata events that name processes and
/// threads, each with what the format demands of its kind and nothing that it does not know.
struct ChromeTraceFile {
    struct Event {
        let name: String
        let category: String
        /// Microseconds.
        let start: Double
        let duration: Double
        let process: Int
        let thread: Int
        let arguments: Members
    }

    private(set) var events: [Event] = []
    /// `process_name` and `thread_name`.
    private(set) var names: [String: String] = [:]

    init(_ text: String) throws {
        let file = try Members(try JSONSerialization.jsonObject(with: Data(text.utf8)))
        try file.check(required: ["traceEvents"], others: ["displayTimeUnit", "otherData"])
        #expect(["ms", "ns"].contains(try file.text("displayTimeUnit")))
        _ = try Members(file.value("otherData"))
        for event in try file.list("traceEvents") { try read(try Members(event)) }
    }

    private mutating func read(_ event: Members) throws {
        let arguments = try Members(event.value("args"))
        switch try event.text("ph") {
        case "X":
            try event.check(required: ["name", "cat", "ph", "ts", "dur", "pid", "tid", "args"], others: [])
            let (start, duration) = (try event.number("ts"), try event.number("dur"))
            #expect(duration >= 0)
            events.append(
                Event(
                    name: try event.text("name"), category: try event.text("cat"), start: start, duration: duration,
                    process: try event.integer("pid"), thread: try event.integer("tid"), arguments: arguments))
        case "M":
            try event.check(required: ["name", "ph", "pid", "tid", "args"], others: [])
            let name = try event.text("name")
            #expect(["process_name", "thread_name"].contains(name))
            names[name] = try arguments.text("name")
        case let kind: Issue.record("an event of the kind \(kind)")
        }
    }
}
