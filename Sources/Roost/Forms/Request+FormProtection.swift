internal import RoostForms

extension Request {
    /// What protects the request's forms.
    func formProtection() throws -> FormProtection? {
        if let own = app.formProtection { return own(self) }
        return try standardFormProtection()
    }

    /// The protection of the request's forms by the app's CSRF tokens; nil when the settings switch them off. Flask-WTF's
    /// way: forms are protected whether or not `useCSRF` checks every request.
    /// - Throws: `SettingError` for settings that do not fit.
    private func standardFormProtection() throws -> FormProtection? {
        let settings = try app.csrfProtection().settings
        guard settings.isEnabled else { return nil }
        return FormProtection(fieldName: settings.fieldName, token: { try self.csrfToken() }) { token in
            do {
                try self.validateCSRF(token: token)
            } catch let error as CSRFError {
                throw ValidationError(error.description)
            }
        }
    }
}
