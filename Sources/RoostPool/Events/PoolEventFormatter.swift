public import Glibc

/// Words pool events, as a JSON line or as a text line. The only place that does.
public struct PoolEventFormatter: Sendable {
    public init() {}

    /// `{"time":"2026-01-02T03:04:05.678Z","level":"info","event":"ready",…}`, without a newline.
    public func json(_ event: PoolEvent, at time: timespec = .wallClock) -> String {
        var json = JSONText()
        json.object { json in
            json.text("time", stamp(time))
            json.text("level", event.level.rawValue)
            json.text("event", event.name)
            for (key, value) in event.fields { write(key, value, to: &json) }
        }
        return json.string
    }

    /// `2026-01-02T03:04:05.678Z info ready pid=1 …`, without a newline.
    public func text(_ event: PoolEvent, at time: timespec = .wallClock) -> String {
        event.fields.reduce("\(stamp(time)) \(event.level.rawValue) \(event.name)") { line, field in
            line + " \(field.key)=\(words(field.value))"
        }
    }

    private func write(_ key: String, _ value: EventValue, to json: inout JSONText) {
        switch value {
        case .text(let text): json.text(key, text)
        case .number(let number): json.number(key, number)
        case .seconds(let seconds): json.decimal(key, seconds)
        case .flag(let flag): json.flag(key, flag)
        case .list(let items): json.array(key) { json in for item in items { json.text(nil, item) } }
        }
    }

    private func words(_ value: EventValue) -> String {
        switch value {
        case .text(let text): return isPlain(text) ? text : quoted(text)
        case .number(let number): return String(number)
        case .seconds(let seconds): return JSONText.decimal(seconds) + "s"
        case .flag(let flag): return flag ? "yes" : "no"
        case .list(let items): return items.joined(separator: ",")
        }
    }

    private func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }
    }

    private func quoted(_ text: String) -> String {
        var json = JSONText()
        json.text(nil, text)
        return json.string
    }

    private func stamp(_ time: timespec) -> String {
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return "\(date)T\(clock).\(String(time.tv_nsec / 1_000_000 + 1000).dropFirst())Z"
    }
}

extension timespec {
    /// Now, for log lines alone: nothing is ever timed with it.
    public static var wallClock: timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time
    }
}
