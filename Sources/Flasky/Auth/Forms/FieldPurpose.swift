internal import RoostForms

/// What fields of accounts are for, in words that browsers and password managers understand: WCAG 2.2, 1.3.5.
extension HTMLAttributes {
    /// Somebody's address; phones show the keyboard for addresses.
    static let ownEmail: HTMLAttributes = ["autocomplete": "email", "inputmode": "email", "autocapitalize": "none"]
    /// The address that somebody logs in with.
    static let loginEmail: HTMLAttributes = ["autocomplete": "username", "inputmode": "email", "autocapitalize": "none"]
    static let username: HTMLAttributes = ["autocomplete": "username", "autocapitalize": "none"]
    static let currentPassword: HTMLAttributes = ["autocomplete": "current-password"]
    static let newPassword: HTMLAttributes = ["autocomplete": "new-password"]
}
