internal import RoostHTTP
internal import RoostPostgres

extension SlowQueryReport {
    /// The report as one JSON object: `statements` in order, with everything the table and the pages show.
    /// - Throws: `Failure` when the log does not know the release of `newSince`.
    public func json(by order: Order, limit: Int) throws -> [UInt8] {
        let (ranked, whole) = (try ranked(by: order), total)
        let others = try (repeated() + failing()).filter { !$0.isRanked }
        var seen: Set<String> = []
        let rest = others.filter { seen.insert($0.fingerprint).inserted }
        var json = JSONWriter(capacity: 16_384)
        json.beginObject()
        json.field("lines", lines)
        json.field("broken_lines", brokenLines)
        json.field("foreign_lines", foreignLines)
        json.field("uncounted_lines", otherLines)
        json.field("dropped_lines", droppedLines)
        json.field("runs", runs)
        milliseconds("total_ms", whole, &json)
        json.field("first_seen", period.map { Timestamp(microseconds: $0.first).iso8601 })
        json.field("last_seen", period.map { Timestamp(microseconds: $0.last).iso8601 })
        json.key("statements")
        json.beginArray()
        for group in ranked.prefix(limit) + rest.prefix(limit) { append(group, whole, &json) }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }

    private func append(_ group: StatementGroup, _ whole: Int64, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("fingerprint", group.fingerprint)
        json.field("normalized", group.normalized)
        json.field("count", group.count)
        json.field("cancelled", group.cancelled)
        json.field("failed", group.failed)
        milliseconds("total_ms", group.total, &json)
        milliseconds("mean_ms", group.mean, &json)
        milliseconds("p95_ms", group.p95, &json)
        milliseconds("max_ms", group.longest, &json)
        json.field("share", whole == 0 ? 0 : Double(group.total) / Double(whole))
        json.field("first_seen", Timestamp(microseconds: group.firstSeen).iso8601)
        json.field("last_seen", Timestamp(microseconds: group.lastSeen).iso8601)
        counts("endpoints", group.endpoints, &json)
        counts("call_sites", group.callSites, &json)
        json.key("releases")
        json.beginArray()
        for release in group.releases.map({ releases[$0] }).sorted(by: { $0.first < $1.first }) {
            json.value(release.name)
        }
        json.endArray()
        repeats("n_plus_one", group.nPlusOne, &json)
        repeats("duplicate", group.duplicates, &json)
        json.field("last_error", group.lastError)
        worst(group.samples.first, &json)
        json.field("plan", group.plan?.plan)
        json.endObject()
    }

    private func counts(_ name: StaticString, _ counter: TopCounter, _ json: inout JSONWriter) {
        json.key(name)
        json.beginObject()
        for (name, count) in counter.ranked {
            json.key(dynamic: name)
            json.value(count)
        }
        json.endObject()
    }

    private func repeats(_ name: StaticString, _ repeats: StatementGroup.Repeats, _ json: inout JSONWriter) {
        guard repeats.requests > 0 else { return }
        json.key(name)
        json.beginObject()
        json.field("requests", repeats.requests)
        json.field("runs", repeats.runs)
        json.field("most_runs", repeats.worst?.count ?? 0)
        milliseconds("total_ms", repeats.total, &json)
        json.endObject()
    }

    private func worst(_ entry: LogEntry?, _ json: inout JSONWriter) {
        guard let entry else { return }
        json.key("worst")
        json.beginObject()
        json.field("time", Timestamp(microseconds: entry.time).iso8601)
        milliseconds("duration_ms", entry.duration, &json)
        json.field("statement", entry.statement)
        json.key("parameters")
        json.beginArray()
        for value in entry.parameters { json.value(value) }
        json.endArray()
        json.field("request_id", entry.request.id)
        json.field("method", entry.request.method)
        json.field("path", entry.request.path)
        json.field("endpoint", entry.endpoint)
        json.field("user_id", entry.request.user)
        json.field("call_site", entry.callSite)
        json.endObject()
    }

    private func milliseconds(_ name: StaticString, _ microseconds: Int64, _ json: inout JSONWriter) {
        json.field(name, Double(microseconds) / 1000)
    }
}
