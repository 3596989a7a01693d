extension QueryEvent {
    /// A 64-bit hash of the statement's text and its call site: the same for every run of one line of the application.
    public var identity: UInt64 {
        TextHash.mixed(sql.textHash ^ TextHash.mixed(TextHash.of(site.file) &+ UInt64(truncatingIfNeeded: site.line)))
    }

    /// An event by its values, for measurements and tests of what listens to them.
    /// - Parameters:
    ///   - start: on the monotonic clock, in nanoseconds
    ///   - serverNanoseconds: from sending to the complete result
    public init(sql: SQL, site: CallSite, start: UInt64 = 0, serverNanoseconds: UInt64, rows: Int = 0) {
        self.init(
            sql: sql, site: site, start: start, waitNanoseconds: 0, serverNanoseconds: serverNanoseconds,
            decodingNanoseconds: 0, rows: rows, error: nil)
    }
}
