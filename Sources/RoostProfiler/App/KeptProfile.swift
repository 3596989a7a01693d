internal import Glibc
internal import Roost
internal import RoostHTTP

/// A profile that is worth its files.
struct KeptProfile {
    let exchange: Exchange
    let name: ProfileName
    let reasons: [ProfileReason]
    let counts: SampleCounts
    let samples: StackSamples
    /// Nanoseconds spent on symbols.
    let symbolsTook: Int64
    let settings: ProfilerSettings

    /// Writes the four files and removes the oldest profiles above the quota.
    func write(to folder: ProfileFolder) throws {
        let start = Clock.monotonic()
        let spans = exchange.request.trace.spans
        try folder.write(
            [
                (.collapsed, CollapsedStacks.text(samples.stacks, period: samples.period)),
                (.speedscope, SpeedscopeFile.bytes(samples, name: name.text)),
            ], name: name.text)
        let report = TextReport(head: head, samples: samples, spans: spans, rows: settings.rows)
        let text = report.text(work: (symbols: symbolsTook, files: Clock.monotonic() - start))
        try folder.write([(.text, Array(text.utf8)), (.trace, ChromeTrace.bytes(head, spans))], name: name.text)
        try folder.enforce(settings.quota)
    }

    /// The table on standard output, in one write.
    func printTable() {
        let report = TextReport(head: head, samples: samples, spans: [], rows: settings.rows)
        var bytes = Array(report.terminal().utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // The terminal has gone; the server has not.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    private var head: ProfileHead {
        let (request, trace) = (exchange.request, exchange.request.trace)
        return ProfileHead(
            name: name, app: request.app.name, method: request.method.rawValue, path: request.fullPath,
            status: exchange.response.status.code, requestID: request.requestID,
            nanoseconds: exchange.nanoseconds, start: trace.start, reasons: reasons, worker: request.app.workerSlot,
            clock: settings.clock, hertz: Int(1_000_000_000 / max(1, samples.period)), counts: counts,
            sqlCount: trace.sqlCount, sqlNanoseconds: trace.sqlNanoseconds, droppedSpans: trace.droppedSpans,
            buildID: ImageName.buildID)
    }
}
