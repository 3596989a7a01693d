import Roost
import RoostCommands
import RoostDatabase
import RoostForms
import RoostMail
import RoostPostgres
import RoostTemplates
import Testing

func makeMainBlueprint() throws -> Blueprint {
    let main = Blueprint("main")
    try main.route("/", methods: [.get, .post], endpoint: "index", index)
    try main.get("/user/<name>", endpoint: "user") { (request, name: String) in
        try request.render("user.html", ["name": name])
    }
    try main.appWide.errorHandler(404) { request, error in try request.render("404.html") }
    try main.appWide.errorHandler(500) { request, error in try request.render("500.html") }
    return main
}

func index(_ request: Request) throws -> Response {
    let form = try NameForm(request)
    guard try form.validateOnSubmit() else {
        return try request.render("index.html", ["form": form])
    }
    let (user, isNew) = try User.visiting(form.name.value, in: request.database)
    if isNew { try tellAdmin(of: user.username, request) }
    request.session.set("name", user.username)
    request.flash(isNew ? "Pleased to meet you!" : "Happy to see you again!")
    return redirect(to: try request.urlFor(".index"))
}

enum Hello: Application {
    static let name = "hello"
    static let settings = HelloSettings.all
    static let standards = ["pool.listen": "unix:var/run/hello.sock"]

    static func makeApp(_ settings: Settings) throws -> App {
        let app = App("hello", settings: settings)
        let bundle = "hello_hello.resources"
        app.useTemplates(
            in: try ResourceFolder.find("templates", in: bundle, setting: "templates.folder", settings))
        try app.staticFolder(
            try ResourceFolder.find("static", in: bundle, setting: "static.folder", settings))
        try app.useDatabase(settings)
        try app.useMail(settings)
        try app.useCSRF()
        try app.useSecurityHeaders()
        try app.commitOnSuccess()
        try app.register(makeMainBlueprint())
        return app
    }
}

/// What stands in `main.swift`.
func runHello() -> Never {
    RoostCommand<Hello>.start()
}

@Suite("Flask to Roost, 6: the program")
struct Step6ProgramTests {
    static let yaml = """
        mail:
          server: mail.example.com
          use_tls: true
          sender: Hello <hello@example.com>
        hello:
          admin: admin@example.com
        environments:
          development:
            debug: true
            mail:
              suppress: true
          production:
            http:
              trusted_hosts: hello.example.com
        """

    private let folder: HelloFolder

    init() throws {
        folder = try HelloPages.folder([
            "templates/mail/new_visitor.txt": Step5MailTests.text, "hello.yaml": Self.yaml,
        ])
    }

    private func settings(_ environment: String) throws -> Settings {
        try SettingsLoader(known: Hello.knownSettings).load(
            file: "\(folder.path)/hello.yaml",
            environment: [
                "APP_ENVIRONMENT": environment, "SECRET_KEY": "for this test alone",
                "TEMPLATES_FOLDER": "\(folder.path)/templates", "STATIC_FOLDER": "\(folder.path)/static",
            ])
    }

    @Test("the environment chooses what differs from the rest of the file")
    func environments() throws {
        let development = try settings("development")
        #expect(development.environment == .development)
        #expect(try development.flag("debug") && development.flag("mail.suppress"))
        #expect(try settings("testing").environment == .testing)
        let production = try settings("production")
        #expect(try !production.flag("debug") && production.optionalText("mail.suppress") == nil)
        #expect(try production.list("http.trusted_hosts") == ["hello.example.com"])
        #expect(try production.text("mail.server") == "mail.example.com")
        #expect(try production.text("pool.listen") == "unix:var/run/hello.sock")
    }

    @Test("the app starts, shows its pages and knows its addresses")
    func pages() throws {
        let app = try Hello.makeApp(try settings("testing"))
        app.logger.logLevel = .critical
        try app.freeze()
        #expect(try app.urlFor("main.user", ["name": "Dave", "page": 2]) == "/user/Dave?page=2")
        let client = app.testClient()
        #expect(client.get("/").text.contains("Hello, Stranger!"))
        #expect(client.get("/").headers["Content-Security-Policy"] != nil)
        #expect(client.get("/nowhere").text.contains("Nothing is called /nowhere"))
        let empty = try client.withForm("/") { form in form["name"] = "" }
        #expect(empty.text.contains("This field is required."))
    }

    @Test("production refuses other hosts")
    func hosts() throws {
        let client = try Hello.makeApp(try settings("production")).testClient()
        #expect(client.get("/user/Dave").status == 400)
        client.host = "hello.example.com"
        #expect(client.get("/user/Dave").status == 200)
    }
}
