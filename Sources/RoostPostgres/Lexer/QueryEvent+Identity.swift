extension QueryEvent {
    /// A 64-bit hash of the statement's text and its call site: the same for every run of one line of the application.
    public var identity: UInt64 {
        TextHash.mixed(sql.textHash ^ TextHash.mixed(TextHash.of(site.file) &+ UInt64(truncatingIfNeeded: site.line)))
    }
}
