import Roost
import RoostDatabase
import RoostForms
import RoostMail
import RoostPostgres
import RoostTemplates

// The code in the Roost column of the article's tables, compiled. None of it runs; ArticleTests looks for it here.

private enum Key: StorageKey, SignalKey {
    typealias Value = Int
    typealias Payload = Int
}

private struct List: PathVariable {
    let names: [String]
    init?(pathText: String) { names = [pathText] }
    var pathText: String { names.joined() }
}

private struct Draft: Codable { let title: String }

private struct Member: PermittedUser {
    enum Permission { case write }
    let loginID: String
    var username = ""
    func can(_ permission: Permission) -> Bool { true }
}

private struct Author {
    let name: String
    static let output = Output<Author>("Author", .field("name", \.name))
}

private struct Article {
    let id: Int
    let author: Author
    static let output = Output<Article>(
        "Article", .field("id", \.id), .nested("author", \.author, Author.output))
}

private struct NoteView: MethodView {
    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(nil, Self.show)
    }
    func show(_ request: Request) -> String { "" }
}

private func settings(_ settings: Settings) throws {
    _ = try settings.text("hello.key")
    _ = try settings.flag("debug")
    _ = try settings.count("flasky.posts_per_page")
    _ = try settings.duration("pool.request_timeout")
    _ = try settings.list("http.trusted_hosts")
    _ = settings.environment
    _ = FlaskSettings.setting(for: "SESSION_COOKIE_NAME")
}

private func routes(_ app: App) throws {
    app.extensions[Key.self] = 1
    app.converters.add("list", List.self)
    app.limits.fields = 10
    app.externalBase = "https://example.org"
    app.requireSecretKey(for: "tokens")
    _ = app.showsErrors
    app.shellValue("users", "the newest users") { request in request.path }
    app.withRequest("/x") { request in _ = request.path }
    _ = app.logger
    try app.get("/user/<name>") { (request, name: String) in }
    try app.post("/x") { request in }
    try app.put("/x") { request in }
    try app.patch("/x") { request in }
    try app.delete("/x") { request in }
    try app.route("/x", methods: [.get, .post], endpoint: "edit", strictSlashes: false) { request in }
    try app.route("/x", methods: [.get, .post]) { request in }
    _ = RouteOptions(defaults: ["page": 1])
    _ = RouteOptions(subdomain: "api")
    _ = RouteOptions(host: "…")
    _ = RouteOptions(mergeSlashes: false, isAlias: true, isBuildOnly: true)
    app.hasAbsoluteRedirects = true
    try app.redirect("/old", to: "/new")
    try app.view("/x", NoteView(), endpoint: "v")
    try app.staticFolder("static")
    try app.serveOpenAPI("/openapi.json", APIDescription("x", version: "1"))
    _ = try app.urlFor("main.index")
}

private func blueprints(_ app: App) throws {
    let auth = Blueprint("auth")
    let parent = Blueprint("auth", subdomain: "a", templates: "t", staticFolder: "s")
    let child = Blueprint("child")
    try parent.register(child, prefix: "/child")
    try auth.appWide.beforeRequest { request in }
    try auth.appWide.errorHandler(404) { request, error in "" }
    try auth.templateFilter("shout") { value, _ in value }
    try app.register(auth, prefix: "/auth")
}

private func addresses(_ request: Request) throws {
    _ = try request.urlFor("main.post", ["id": 3, "page": 2])
    _ = try request.urlFor(".index", external: true)
    _ = try request.urlFor(".index")
    _ = try request.urlFor(".index", anchor: "comments")
    _ = try request.urlFor("static", ["filename": "a.css"])
    _ = [request.url, request.baseURL, request.rootURL, request.fullPath, request.scheme, request.host]
    _ = (request.isSecure, request.endpoint, request.blueprint, request.variables)
    _ = (request.userAgent, request.referrer, request.remoteAddress)
}

private func requests(_ request: Request, path: String) throws {
    request.storage[Key.self] = 1
    _ = request.args.get("page", default: 1)
    _ = request.args.all("tag")
    _ = try request.form["name"]
    _ = try request.values
    try request.files["photo"]?.save(to: path)
    _ = (request.cookies, request.headers, request.isJSON, request.wantsJSON)
    _ = try request.json()
    _ = try request.json(as: Draft.self)
    _ = try request.bytes()
    try request.withBodyChunks { _ in }
    _ = (request.contentLength, request.contentType)
    _ = request.accept.best(of: ["text/html", "application/json"])
    _ = (request.acceptLanguages, request.authorization)
    let (name, password, token) = ("john", "cat", "t0ken")
    let _: [Authorization] = [.basic(username: name, password: password), .bearer(token: token)]
    _ = (request.http.ifNoneMatch, request.http.ifModifiedSince)
}

private func responses(_ request: Request, _ app: App, _ cookie: Cookie) throws -> Response {
    let (bytes, path, url, texts): ([UInt8], String, String, [String]) = ([], "", "", [])
    try app.get("/tuple") { request in
        let body = ""
        return (body, 201, ["Location": "/x"])
    }
    if bytes.isEmpty { try abort(404) }
    if path.isEmpty { try abort(403, "why") }
    if url.isEmpty { try abort(redirect(to: url)) }
    var response = Response(bytes, contentType: "image/png")
    try response.setCookie(cookie)
    response.addETag()
    response.makeConditional(for: request.http)
    response.vary(on: "Cookie")
    _ = try request.sendFile(path, downloadAs: "x")
    _ = Response.stream(texts, contentType: "text/csv")
    _ = JSON(["id": 1])
    _ = try request.render(source: "{{ 1 + 1 }}")
    _ = [Response.text("…"), redirect(to: url)]
    let (folder, name) = ("", "")
    return try StaticFolder(folder).response(for: name, to: request)
}

private func hooks(_ app: App, _ signal: Signal<Int>, _ payload: Int) throws {
    try app.beforeFirstRequest { request in }
    try app.afterRequest { request, response in }
    try app.teardownRequest { request, error in }
    try app.onWorkerStart { app in }
    try app.afterResponse { exchange in }
    try app.contextProcessor { request in [:] }
    try app.templateFilter("x") { value, _ in value }
    try app.templateTest("x") { value, _ in true }
    try app.templateGlobal("x", 1)
    try app.errorHandler(for: QueryError.self) { request, error in "" }
    app.signals.requestStarted.connect { _ in }
    app.signals.requestFinished.connect { _ in }
    app.signals.requestTearingDown.connect { _ in }
    app.signals.requestException.connect { _ in }
    app.signals.messageFlashed.connect { _ in }
    app.signals[Key.self].connect { _ in }
    signal.connect(from: app) { _ in }
    try signal.send(payload, from: app)
    _ = app.signals.templateRendered.captured { _ = app.name }
}

private func sessions(_ request: Request, _ app: App, _ interface: any SessionInterface, x: String) throws {
    request.session["name"] = nil
    _ = request.session.get("name", as: String.self)
    request.session.set("name", x)
    request.session.pop("name")
    request.session.clear()
    request.session.isPermanent = true
    request.session.markModified()
    request.flash("text", category: "warning")
    _ = request.flashedMessages(filter: ["warning"])
    try app.useDatabaseSessions()
    app.useSessions(interface)
}

private func login(_ request: Request, _ app: App, _ authentication: HTTPAuthentication, p: String, h: String) throws {
    typealias User = Member
    let user = User(loginID: "1")
    try app.useLogin(view: "auth.login") { request, id in nil }
    request.logIn(user, remember: true)
    request.logIn(user, remember: true, for: .seconds(3600))
    request.logOut()
    _ = try request.currentUser(as: User.self)
    _ = try request.isLoggedIn
    let _: User = try request.requireUser()
    request.confirmLogin()
    _ = app.requiring(.login)
    _ = app.requiring(.freshLogin)
    _ = app.requiring(.permission(.write, of: User.self))
    _ = app.requiring(.http(authentication))
    _ = try app.requiring(.rate(.perMinute(5)))
    _ = request.nextAddress(or: "/")
    _ = try PasswordHash.make(p)
    _ = request.isPassword(p, of: h)
}

private func security(_ request: Request, _ app: App, target: String, token: String) throws {
    try app.useCSRF().exempt(blueprint: "api")
    try app.csrfExempt.post("/hook") { request in }
    _ = try app.tokens(for: "reset").make(["user": 1])
    _ = try app.tokens(for: "reset").read(token, validFor: .seconds(3600))
    try app.useSecurityHeaders()
    _ = request.isSafeRedirect(target)
}

private func arguments() {
    _ = RequestParser(RequestArgument("n", Int.self, default: 1))
}

private final class ProfileForm: Form, ModelForm {
    let name = StringField(
        "Name", validators: [.inputRequired(), .optional(), .length(1...64), .email(), .equalTo("x")])
    let age = IntegerField("Age", validators: [.numberRange(1...9)])

    func bind(_ user: inout ModelBinding<Member>) { user.bind(name, \.username) }

    override func check(_ field: Field) throws {
        if field === name { throw ValidationError("no") }
    }
}

private func forms(_ request: Request, _ user: inout Member, _ pattern: Pattern) throws {
    class F: Form {}
    _ = try F(request)
    let form = try ProfileForm().read(request, showing: user)
    _ = (try form.validateOnSubmit(), form.errors)
    form.populate(&user)
    let _: [Validator] = [
        .regexp(pattern), .ipAddress(), .macAddress(), .url(), .uuid(), .anyOf([]), .noneOf([]), .readOnly(),
        .disabled(), .fileRequired(), .fileAllowed(["png"]), .fileSize(...10),
    ]
}

private func records(_ request: Request, _ app: App, _ settings: Settings, n: String, id: Int) throws {
    try app.useDatabase(settings)
    try app.commitOnSuccess()
    _ = try User.query.where(\.username == n).first(in: request.database)
    _ = try User.get(7, in: request.database)
    let user: User = try User.get(7, in: request.database) ?? abort(404)
    _ = User.query.joining(\.role).order(\.username.descending).limit(10)
    _ = try User.query.including(\.role).paginate(page: 2, perPage: 20, in: request.database)
    try user.insert(in: request.database)
    try user.delete(in: request.database)
    try request.database.transaction { _ = n }
    _ = try request.database.rows("SELECT name FROM roles WHERE id = \(id)", as: String.self)
    _ = try TemplateValue(encoding: user)
}

private func mail(_ request: Request, _ app: App, _ recipients: [MailAddress]) throws {
    let message = MailMessage(subject: "…", to: recipients)
    try request.mail.send(message)
    _ = app.mail?.outbox
}

private func tests(_ app: App, _ client: TestClient, _ photo: UploadedFile, _ user: Member) throws {
    try app.withTestDatabase { client, database in _ = (client, database) }
    var response = client.get("/")
    response = client.post("/", form: ["a": "b"])
    response = client.send(.post, "/", json: ["a": 1])
    response = try client.post("/", form: [:], files: [photo])
    _ = (response.text, try response.json(), response.status)
    _ = (response.trace.statements, response.trace.sqlCount)
    try client.session { $0["name"] = "Susan" }
    try client.logIn(user)
    _ = try TestClient(server: "127.0.0.1:8000")
}
