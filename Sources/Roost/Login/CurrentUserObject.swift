internal import RoostTemplates

/// The `current_user` of templates: the app's user, or an anonymous one, looked for when a template first asks.
struct CurrentUserObject: TemplateObject {
    unowned let app: App

    private var user: (any LoginUser)? { app.login == nil ? nil : loggedInUser }

    private var loggedInUser: (any LoginUser)? {
        guard let request = app.currentRequest else { return nil }
        do {
            return try request.currentUser
        } catch {
            // Thrown again when the template is done; see `useLogin`.
            request.loginState.failure = error
            return nil
        }
    }

    var templateTypeName: String { "User" }
    var templateText: String { user?.loginID ?? "anonymous" }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "is_authenticated": return .bool(user != nil)
        case "is_anonymous": return .bool(user == nil)
        case "is_active": return .bool(user?.isActive ?? false)
        case "get_id":
            let id = user.map { TemplateValue.string($0.loginID) } ?? TemplateValue.none
            return .function(TemplateFunction("get_id") { _ in id })
        default:
            switch templateUser {
            case .object(let object)?: return object.member(name)
            case .dict(let members)?: return members[name]
            default: return nil
            }
        }
    }

    func element(_ key: TemplateValue) -> TemplateValue? {
        if case .object(let object)? = templateUser { return object.element(key) }
        return key.stringValue.flatMap(member)
    }

    /// What the app's type shows to templates.
    private var templateUser: TemplateValue? {
        guard let login = app.login else { return nil }
        guard let user = loggedInUser else { return login.anonymousUser?.templateValue }
        return (user as? any TemplateConvertible)?.templateValue
    }
}
