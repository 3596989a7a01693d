public import RoostForms

extension App {
    /// How the forms of a request are protected; nil leaves all forms without a token.
    ///
    /// `useCSRF` sets it. The closure gives nil for requests whose forms need no token.
    public var formProtection: ((Request) -> FormProtection?)? {
        get { extensions[FormProtectionKey.self] }
        set { extensions[FormProtectionKey.self] = newValue }
    }
}

private enum FormProtectionKey: StorageKey {
    typealias Value = (Request) -> FormProtection?
}
