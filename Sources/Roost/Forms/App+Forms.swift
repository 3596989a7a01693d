public import RoostForms

extension App {
    /// How the forms of a request are protected, when not by the app's CSRF tokens. The closure gives nil for requests
    /// whose forms need no token.
    public var formProtection: ((Request) -> FormProtection?)? {
        get { extensions[FormProtectionKey.self] }
        set { extensions[FormProtectionKey.self] = newValue }
    }
}

private enum FormProtectionKey: StorageKey {
    typealias Value = (Request) -> FormProtection?
}
