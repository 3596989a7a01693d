public import Roost
internal import RoostDatabase
internal import RoostMail
internal import RoostSigning
internal import RoostTemplates

/// The social blog of the book "Flask Web Development".
public enum Flasky {
    /// Builds the app: routes, templates, error pages.
    /// - Throws: `SettingError`, `SetupError`, `TemplateError` with file and line.
    public static func makeApp(_ settings: Settings) throws -> App {
        try checkStart(settings)
        let app = App("flasky", settings: settings)
        // The book's redirects have scheme and host, and programs that were written against it compare them.
        app.hasAbsoluteRedirects = true
        if settings.environment != .production, app.secrets.key == nil { app.secrets.key = SecretKey(developersKey) }
        let blog = try BlogSettings(settings)
        try app.useDatabase(settings)
        try app.useMail(settings)
        try useLogins(in: app, blog)
        try app.useCSRF(csrf(settings))
        try useAccountHooks(in: app)
        try useErrorMails(in: app, blog)
        try app.useSecurityHeaders(securityHeaders(blog))
        try useTemplatesAndFiles(in: app, settings, blog)
        usePageValues(in: app)
        try app.register(makeMainBlueprint(blog))
        try app.register(makeAuthBlueprint(blog), prefix: "/auth")
        try app.register(makeAPIBlueprint(blog), prefix: "/api/v1")
        try serveAPIDescription(of: app)
        // As the Flask of the book's time answers a GET of a collection without its last slash.
        app.slashRedirectStatus = 301
        try addErrorPages(to: app)
        addShellValues(to: app, blog)
        return app
    }

    /// Signs for developers who set no key; everybody knows it, and production refuses to start without one's own.
    private static let developersKey = "flasky's key for developers, which everybody knows"

    /// In tests no form asks for its token unless the settings say so, as in the book.
    private static func csrf(_ settings: Settings) throws -> CSRFSettings {
        var csrf = try CSRFSettings(settings)
        if settings.environment == .testing, try settings.value("csrf.enabled")?.origin ?? .standard == .standard {
            csrf.isEnabled = false
        }
        return csrf
    }

    private static func useTemplatesAndFiles(in app: App, _ settings: Settings, _ blog: BlogSettings) throws {
        app.useTemplates(
            in: try ResourceFolder.find("Templates", in: "roost_Flasky.resources", setting: "templates.folder", settings))
        // Which picture of somebody the macro `avatar` shows.
        app.templates?.global("gravatar", blog.usesGravatar)
        try app.staticFolder(
            try ResourceFolder.find("Static", in: "roost_Flasky.resources", setting: "static.folder", settings))
    }

    private static func securityHeaders(_ blog: BlogSettings) -> SecurityHeaders {
        var headers = SecurityHeaders()
        headers.others["X-Frame-Options"] = "DENY"
        headers.contentSecurityPolicy["frame-ancestors"] = "'none'"
        if blog.usesGravatar { headers.contentSecurityPolicy["img-src"] = "'self' https://secure.gravatar.com" }
        return headers
    }
}
