internal import RoostSigning

/// Who sent a request, once somebody has asked.
final class LoginState {
    var isLoaded = false
    var user: (any LoginUser)?
    /// What went wrong when a template asked.
    var failure: (any Error)?
}

private enum StateKey: StorageKey { typealias Value = LoginState }

extension Request {
    var loginState: LoginState {
        if let state = storage[StateKey.self] { return state }
        let state = LoginState()
        storage[StateKey.self] = state
        return state
    }

    /// The user who is logged in; nil for everybody else. Found when it is first asked for.
    /// - Throws: what the user loader throws.
    public var currentUser: (any LoginUser)? {
        get throws {
            let state = loginState
            guard !state.isLoaded else { return state.user }
            // Set first: a loader that asks for the current user would go round for ever.
            state.isLoaded = true
            state.user = try app.login?.findUser(of: self)
            return state.user
        }
    }

    /// The id of the user, when somebody has asked who it is already: for logs, which must not touch the session.
    public var knownUserID: String? { storage[StateKey.self]?.user?.loginID }

    /// The id of the user, found without a trace: the session does not count as looked at, nobody is loaded, and the
    /// response stays the same. Nil when only `LoginManager.requestLoader` could tell.
    public var peekedUserID: String? {
        if let state = storage[StateKey.self], state.isLoaded { return state.user?.loginID }
        return app.login?.peekID(of: self)
    }

    /// The user who is logged in, as the app's type.
    public func currentUser<User: LoginUser>(as type: User.Type) throws -> User? { try currentUser as? User }

    /// Whether somebody is logged in.
    public var isLoggedIn: Bool { get throws { try currentUser != nil } }

    /// Whether the login was made with a password in this session, from this browser.
    public var isLoginFresh: Bool { session[LoginKey.fresh]?.bool ?? false }

    /// Logs a user in.
    /// - Parameters:
    ///   - remember: sets a cookie that logs the user in again when the session is over
    ///   - duration: how long the browser keeps it; nil: as the settings say
    ///   - isFresh: false for a login that did not ask for a password
    ///   - force: logs in a user who is not active, too
    /// - Returns: false when the user is not active: nothing has happened then.
    @discardableResult
    public func logIn(
        _ user: any LoginUser, remember: Bool = false, for duration: Duration? = nil, isFresh: Bool = true,
        force: Bool = false
    ) -> Bool {
        guard force || user.isActive else { return false }
        session[LoginKey.userID] = .text(user.loginID)
        session[LoginKey.fresh] = .bool(isFresh)
        session[LoginKey.identifier] = .text(loginIdentifier)
        session.renewID()
        if remember {
            session[LoginKey.remember] = "set"
            if let duration { session[LoginKey.rememberSeconds] = .number(duration / .seconds(1)) }
        }
        setCurrentUser(user)
        return true
    }

    /// Logs out. The rest of the session stays.
    public func logOut() {
        for key in [LoginKey.userID, LoginKey.fresh, LoginKey.identifier] { session.pop(key) }
        if let name = app.login?.settings.rememberCookie.name, cookies[name] != nil {
            session[LoginKey.remember] = "clear"
            session.pop(LoginKey.rememberSeconds)
        }
        session.renewID()
        setCurrentUser(nil)
    }

    /// Makes the login fresh, after a password was asked for again.
    public func confirmLogin() {
        session[LoginKey.fresh] = true
        session[LoginKey.identifier] = .text(loginIdentifier)
    }

    /// Says who sent this request, for this request alone.
    public func setCurrentUser(_ user: (any LoginUser)?) {
        loginState.isLoaded = true
        loginState.user = user
    }

    // MARK: Demands

    /// The user who is logged in; anybody else is sent to the login page.
    ///
    ///     let user: User = try request.requireUser()
    public func requireUser<User: LoginUser>(as type: User.Type = User.self) throws -> User {
        try requireLogin()
        guard let user = try currentUser(as: User.self) else {
            throw HTTPError(.forbidden)
        }
        return user
    }

    /// Sends everybody who is not logged in to the login page.
    public func requireLogin() throws {
        if let answer = try LoginFlow.refusal(of: self) { throw ThrownResponse(answer) }
    }

    /// Sends everybody whose login is not fresh to the page that asks for the password again.
    public func requireFreshLogin() throws {
        if let answer = try LoginFlow.staleRefusal(of: self) { throw ThrownResponse(answer) }
    }
}
