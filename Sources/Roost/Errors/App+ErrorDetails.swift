extension App {
    private enum ErrorDetailsKey: StorageKey { typealias Value = Bool }

    /// Whether pages for unhandled errors say what went wrong, with the template's lines around the error, and templates
    /// that changed are read again: for development only. The setting `debug`.
    public var showsErrors: Bool {
        get { extensions[ErrorDetailsKey.self] ?? false }
        set { extensions[ErrorDetailsKey.self] = newValue }
    }
}
