import Roost
import RoostCommands
import RoostDatabase
import RoostForms
import RoostPostgres
import Testing

struct Role: Record, Identifiable {
    var id = 0
    var name: String
    var users = Related<[User]>()

    struct Fields: RecordFields {
        let id = Column(\Role.id, .generated)
        let name = Column(\Role.name)
        let users = HasMany(\Role.users, \User.roleID)
    }
    static let table = Table<Role>("roles")
}

struct User: Record, Identifiable {
    var id = 0
    var username: String
    var roleID: Int?
    var role = Related<Role>()

    struct Fields: RecordFields {
        let id = Column(\User.id, .generated)
        let username = Column(\User.username)
        let roleID = Column(\User.roleID)
        let role = BelongsTo(\User.role, \User.roleID)
    }
    static let table = Table<User>("users")

    /// The user of a name, made when there is none.
    static func visiting(_ name: String, in database: Connection) throws -> (user: User, isNew: Bool) {
        if let user = try User.query.where(\.username == name).first(in: database) { return (user, false) }
        let role = try Role.query.where(\.name == "User").one(in: database)
        return (try User(username: name, roleID: role.id).insert(in: database), true)
    }
}

@Suite("Flask to Roost, 4: a database", .enabled(if: HelloDatabase.isAvailable))
struct Step4DatabaseTests {
    func makeApp(_ settings: Settings, in folder: String) throws -> App {
        let app = App("hello", settings: settings)
        app.useTemplates(in: "\(folder)/templates")
        try app.staticFolder("\(folder)/static")
        try app.useCSRF()
        try app.useDatabase(settings)
        try app.commitOnSuccess()
        try app.route("/", methods: [.get, .post]) { request in
            let form = try NameForm(request)
            guard try form.validateOnSubmit() else {
                return try request.render("index.html", ["form": form])
            }
            let (user, isNew) = try User.visiting(form.name.value, in: request.database)
            request.session.set("name", user.username)
            request.flash(isNew ? "Pleased to meet you!" : "Happy to see you again!")
            return redirect(to: try request.urlFor("index"))
        }
        try app.get("/user/<name>") { (request, name: String) in
            let user: User = try User.query.where(\.username == name).first(in: request.database) ?? abort(404)
            return try request.render("user.html", ["name": user.username])
        }
        return app
    }

    @Test("the first visit makes a user, the second one knows it")
    func visits() throws {
        let folder = try HelloPages.folder()
        try HelloDatabase.with { url, database in
            let settings = try Settings(
                known: StandardSettings.all, ["secret_key": "for this test alone", "database.url": url])
            let app = try makeApp(settings, in: folder.path)
            defer { app.database?.connection.close() }
            let client = app.testClient()
            let first = try client.withForm("/", followRedirects: true) { form in form["name"] = "Susan" }
            #expect(first.text.contains("Pleased to meet you!"))
            let second = try client.withForm("/", followRedirects: true) { form in form["name"] = "Susan" }
            #expect(second.text.contains("Happy to see you again!"))
            #expect(client.get("/user/Susan").text.contains("<h1>Hello, Susan!</h1>"))
            #expect(client.get("/user/Mallory").status == 404)
            let role = try Role.query.where(\.name == "User").including(\.users).one(in: database)
            #expect(try role.users.get().map(\.username) == ["Susan"])
            let susan = try User.query.joining(\.role).one(in: database)
            #expect(try susan.role.get().name == "User")
        }
    }

    @Test("the migration is undone as well")
    func migration() throws {
        try HelloDatabase.with { _, database in
            let roles = try Role.query.order(\.id.ascending).all(in: database)
            #expect(roles.map(\.name) == ["Admin", "Moderator", "User"])
            let down = HelloDatabase.migration.split(separator: "-- migrate:down").last ?? ""
            try database.script(unsafe: String(down))
            #expect(try database.value("SELECT to_regclass('users') IS NULL") == true)
        }
    }
}
