import Roost
import RoostForms
import RoostTemplates
import Testing

final class NameForm: Form {
    let name = StringField("What is your name?", validators: [.dataRequired()])
    let submit = SubmitField("Submit")
}

@Suite("Flask to Roost, 3: a form")
struct Step3FormTests {
    private let folder: HelloFolder

    init() throws { folder = try HelloPages.folder() }

    func makeApp(_ settings: Settings, in folder: String) throws -> App {
        let app = App("hello", settings: settings)
        app.useTemplates(in: "\(folder)/templates")
        try app.staticFolder("\(folder)/static")
        try app.useCSRF()
        try app.route("/", methods: [.get, .post]) { request in
            let form = try NameForm(request)
            guard try form.validateOnSubmit() else {
                return try request.render("index.html", ["form": form])
            }
            let name = form.name.value
            if let before = request.session.get("name", as: String.self), before != name {
                request.flash("Looks like you have changed your name!")
            }
            request.session.set("name", name)
            return redirect(to: try request.urlFor("index"))
        }
        return app
    }

    private func client() throws -> TestClient {
        let settings = try Settings(
            known: [Setting("secret_key", .text, nil, "signs", secret: true)],
            ["secret_key": "hard to guess, and in the environment"])
        let app = try makeApp(settings, in: folder.path)
        app.logger.logLevel = .critical
        return app.testClient()
    }

    @Test("a stranger gives a name and is greeted after a redirect")
    func name() throws {
        let client = try client()
        #expect(client.get("/").text.contains("Hello, Stranger!"))
        let answer = try client.withForm("/") { form in form["name"] = "Dave" }
        #expect(answer.status == 302 && answer.location == "/")
        #expect(client.get("/").text.contains("Hello, Dave!"))
        #expect(!client.get("/").text.contains("changed your name"))
    }

    @Test("another name is noticed, once")
    func changed() throws {
        let client = try client()
        try client.session { $0["name"] = "Dave" }
        let page = try client.withForm("/", followRedirects: true) { form in form["name"] = "Susan" }
        #expect(page.text.contains("Hello, Susan!"))
        #expect(page.text.contains("Looks like you have changed your name!"))
        #expect(!client.get("/").text.contains("changed your name"))
    }

    @Test("an empty name is an error on the page, a form from elsewhere is refused")
    func refused() throws {
        let client = try client()
        let empty = try client.withForm("/") { form in form["name"] = "" }
        #expect(empty.status == 200 && empty.text.contains("This field is required."))
        let foreign = client.post("/", form: ["name": "Mallory"])
        #expect(foreign.status == 400 && foreign.text.contains("The CSRF token is missing."))
    }
}
