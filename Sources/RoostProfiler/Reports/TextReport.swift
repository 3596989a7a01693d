internal import Roost
internal import RoostHTTP

/// The report people read: head, functions, call tree, spans, and what the profile cost.
struct TextReport {
    let head: ProfileHead
    let samples: StackSamples
    let spans: [RequestTrace.Span]
    let rows: Int

    /// - Parameter work: nanoseconds spent on symbols and on the other files, after the response.
    func text(work: (symbols: Int64, files: Int64)) -> String {
        let stacks = samples.stacks.withoutPlumbing()
        let table = FunctionTable(stacks)
        return """
            \(headText)
            Functions by self time (\(min(rows, table.rows.count)) of \(table.rows.count))
            \(TableText.functions(table, rows: rows))
            Phases
              \(PhaseText.text(samples))

            Call tree (from 1 %)
            \(TreeText.text(stacks))
            Spans (\(head.sqlCount) statements, \(Column.milliseconds(head.sqlNanoseconds)) ms)
            \(SpanText.text(spans, start: head.start, dropped: head.droppedSpans))
            Cost of this profile
            \(cost(work))
            """
    }

    /// The table that `profile` prints for each request.
    func terminal(rule: String = String(repeating: "-", count: 80)) -> String {
        let table = FunctionTable(samples.stacks.withoutPlumbing())
        let short = "  no samples: it took less than the time between two\n"
        return """
        \(rule)
        \(head.method) \(OneLine.text(head.path, limit: 200))  \(head.name.endpoint)  \(head.status)  \
        \(Column.milliseconds(head.nanoseconds)) ms, SQL \(Column.milliseconds(head.sqlNanoseconds)) ms in \
        \(head.sqlCount), \(head.counts.samples) samples
        \(table.rows.isEmpty ? short : TableText.functions(table, rows: rows))\(rule)

        """
    }

    private var headText: String {
        let worker = head.worker.map { "worker \($0), " } ?? ""
        return """
            \(head.method) \(OneLine.text(head.path, limit: 400))
            \(head.name.endpoint)  \(head.status)  \(Column.milliseconds(head.nanoseconds)) ms
            \(head.name.time), request \(OneLine.text(head.requestID, limit: 100)), \(worker)pid \(head.name.pid)
            kept because: \(OneLine.text(head.reasons.map(\.text).joined(separator: ", "), limit: 400))
            \(head.clock.rawValue) clock, \(head.hertz) samples a second (one stands for \
            \(Column.milliseconds(samples.period, digits: 2)) ms), \(head.counts.samples) samples\
            \(head.buildID.map { "\nbuild \($0)" } ?? "")

            """
    }

    private func cost(_ work: (symbols: Int64, files: Int64)) -> String {
        let counts = head.counts
        let each = counts.samples == 0 ? 0 : counts.handler / counts.samples
        return """
              handler \(Column.milliseconds(Int64(counts.handler), digits: 3)) ms in the request (\(each) ns a sample, \
            longest \(counts.handlerLongest) ns)
              lost samples \(counts.lost), late ticks \(counts.overruns), truncated stacks \(counts.truncated), \
            unrooted stacks \(samples.unrooted)
              after the response: symbols \(Column.milliseconds(work.symbols, digits: 3)) ms, files \
            \(Column.milliseconds(work.files, digits: 3)) ms

            """
    }
}
