import Roost
import RoostForms
import RoostTemplates
import Testing

// The examples of Forms.md, word by word: ArticleTests looks for them here.

@Suite("The examples of the article about forms")
struct FormsArticleTests {
    final class LoginForm: Form {
        let email = StringField("Email", validators: [.dataRequired(), .length(1...64), .email()])
        let password = PasswordField("Password", validators: [.dataRequired()])
        let rememberMe = BooleanField("Keep me logged in")
        let submit = SubmitField("Log In")
    }

    final class RoleForm: Form {
        let role = SelectField<Int>("Role").default(1)
        let copies = IntegerField("Copies", validators: [.inputRequired(), .numberRange(1...9)]).default(1)
        let tags = FieldList("Tags", of: StringField("Tag", validators: [.length(...20)]), maximum: 5)
        let photo = FileField("Photo", validators: [.fileAllowed(["jpg", "png"]), .fileSize(...1_000_000)])
    }

    func roleForm(_ request: Request, roles: [(id: Int, name: String)]) throws -> RoleForm {
        let form = try RoleForm(request)
        form.role.choices = roles.map { Choice($0.id, $0.name) }
        return form
    }

    enum Patterns {
        static let username = try! Pattern("^[A-Za-z][A-Za-z0-9_.]*$")
    }

    final class RegistrationForm: Form {
        let email = StringField("Email", validators: [.dataRequired(), .email()]).filter { $0.lowercased() }
        let username = StringField(
            "Username",
            validators: [
                .dataRequired(), .regexp(Patterns.username, "Usernames must have only letters, numbers, dots or underscores"),
            ])
        let password = PasswordField("Password", validators: [.dataRequired(), .equalTo("password2", "Passwords must match.")])
        let password2 = PasswordField("Confirm password", validators: [.dataRequired()])
        private let isTaken: (String) throws -> Bool

        init(isTaken: @escaping (String) throws -> Bool) {
            self.isTaken = isTaken
            super.init()
        }

        override func check(_ field: Field) throws {
            if field === email, try isTaken(email.value) { throw ValidationError("Email already registered.") }
        }
    }

    struct Profile {
        var name = "John"
        var location: String?
    }

    final class ProfileForm: Form, ModelForm {
        let name = StringField("Real name", validators: [.length(0...64)])
        let location = StringField("Location", validators: [.length(0...64)])

        func bind(_ user: inout ModelBinding<Profile>) {
            user.bind(name, \.name)
            user.bind(location, \.location)
        }
    }

    func editProfile(_ request: Request, _ profile: inout Profile) throws -> any ResponseConvertible {
        let form = try ProfileForm().read(request, showing: profile)
        guard try form.validateOnSubmit() else { return try request.render("profile.html", ["form": form]) }
        form.populate(&profile)
        return redirect(to: "/")
    }

    private func app() throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.formProtection = { _ in nil }
        app.useTemplates(
            TemplateEnvironment(
                loader: FormTemplates(
                    behind: DictionaryLoader([
                        "login.html": "{% for error in form.email.errors %}{{ error }}{% endfor %}",
                        "profile.html": "{{ form.name }}",
                    ]))))
        try app.route("/login", methods: [.get, .post]) { request in
            let form = try LoginForm(request)
            if try form.validateOnSubmit() {
                return redirect(to: form.rememberMe.value ? "/remembered" : "/welcome/" + form.email.value)
            }
            return try request.render("login.html", ["form": form])
        }
        return app
    }

    @Test("the login form redirects or shows its errors")
    func login() throws {
        let client = try app().testClient()
        let form: KeyValuePairs = ["email": "john@example.com", "password": "cat"]
        #expect(client.post("/login", form: form).location == "/welcome/john@example.com")
        #expect(client.post("/login", form: ["email": "john"]).text == "Invalid email address.")
    }

    @Test("choices, registration and profile do what the article says")
    func others() throws {
        let app = try app()
        var profile = Profile()
        try app.post("/role") { request in
            let form = try roleForm(request, roles: [(1, "User"), (2, "Admin")])
            return try form.validateOnSubmit() ? "\(form.role.value ?? 0) \(form.tags.entries.map(\.value))" : "wrong"
        }
        try app.post("/register") { request in
            let form = try RegistrationForm(isTaken: { $0 == "taken@example.com" }).read(request)
            return try form.validateOnSubmit() ? "welcome" : form.errors.map { "\($0.errors.messages)" }.joined()
        }
        try app.route("/profile", methods: [.get, .post]) { request in
            try editProfile(request, &profile).response(to: request)
        }
        let client = app.testClient()
        #expect(client.post("/role", form: ["role": "2", "copies": "3", "tags-0": "x"]).text == #"2 ["x"]"#)
        #expect(client.post("/role", form: ["role": "3", "copies": "3"]).text == "wrong")
        let fields: KeyValuePairs = [
            "email": "Taken@example.com", "username": "x y", "password": "a", "password2": "b",
        ]
        #expect(
            client.post("/register", form: fields).text == """
                ["Email already registered."]["Usernames must have only letters, numbers, dots or underscores"]\
                ["Passwords must match."]
                """)
        #expect(client.get("/profile").text.contains(#"value="John""#))
        #expect(client.post("/profile", form: ["name": "Jane", "location": "Rome"]).location == "/")
        #expect(profile.name == "Jane" && profile.location == "Rome")
    }
}
