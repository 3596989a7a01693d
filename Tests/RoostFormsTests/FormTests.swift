import Glibc
import RoostForms
import RoostMarkup
import Testing

private final class LoginForm: Form {
    let email = StringField("Email", validators: [.dataRequired(), .length(1...64), .email()])
    let password = PasswordField("Password", validators: [.dataRequired()])
    let rememberMe = BooleanField("Keep me logged in")
    let submit = SubmitField("Log In")
}

private struct Lookup: Error {}

private final class RegistrationForm: Form {
    let email = StringField("Email", validators: [.dataRequired(), .email()]).filter { $0.lowercased() }
    let name = StringField(validators: [.dataRequired()])
    let taken: Set<String>
    var asked: [String] = []
    var isBroken = false

    init(taken: Set<String>) {
        self.taken = taken
        super.init()
    }

    override func check(_ field: Field) throws {
        guard field === email else { return }
        if isBroken { throw Lookup() }
        asked.append(email.value)
        if taken.contains(email.value) { throw ValidationError("Email already registered.") }
    }

    override func check() throws {
        if name.value == email.value { throw ValidationError("Name and address must differ.") }
    }
}

@Suite("Forms")
struct FormTests {
    @Test("fields are named after their constants in snake case, in the order they are written")
    func names() {
        let form = LoginForm()
        #expect(form.fields.map(\.name) == ["email", "password", "remember_me", "submit"])
        #expect(form["remember_me"] === form.rememberMe)
        #expect(RegistrationForm(taken: []).name.label.text == "Name")
    }

    @Test("a form that was not sent has its defaults and does not validate on submit")
    func unsent() throws {
        let form = LoginForm()
        #expect(try !form.validateOnSubmit())
        #expect(form.errors.isEmpty && form.email.value.isEmpty && !form.rememberMe.value)
    }

    @Test("typed values come from what was sent")
    func values() throws {
        let form = LoginForm()
        form.process(["email": "john@example.com", "password": "cat", "remember_me": "y"])
        #expect(try form.validateOnSubmit())
        #expect(form.email.value == "john@example.com" && form.rememberMe.value && !form.submit.value)
    }

    @Test("all fields are checked and all errors shown; a failed requirement ends its field's checks")
    func allErrors() throws {
        let form = LoginForm()
        form.process(["email": "no address", "password": " "])
        #expect(try !form.validateOnSubmit())
        #expect(form.email.errors == ["Invalid email address."])
        #expect(form.password.errors == ["This field is required."])
        #expect(form.errors.map(\.name) == ["email", "password"])
    }

    @Test("the form's own checks run last, also behind other errors, and not behind a failed requirement")
    func inlineChecks() throws {
        let form = RegistrationForm(taken: ["x@example.com", "bad"])
        form.process(["email": "X@example.com", "name": "x"])
        #expect(try !form.validate())
        #expect(form.email.errors == ["Email already registered."])
        form.process(["email": "bad", "name": "x"])
        #expect(try !form.validate())
        #expect(form.email.errors == ["Invalid email address.", "Email already registered."])
        form.process(["email": "", "name": "x"])
        #expect(try !form.validate())
        #expect(form.asked == ["x@example.com", "bad"])
    }

    @Test("an error of the database is no error of the form: it comes through")
    func otherErrors() {
        let form = RegistrationForm(taken: [])
        form.isBroken = true
        form.process(["email": "x@example.com", "name": "x"])
        #expect(throws: Lookup.self) { try form.validate() }
    }

    @Test("an error of the whole form stands beside its fields")
    func formErrors() throws {
        let form = RegistrationForm(taken: [])
        form.process(["email": "x@example.com", "name": "x@example.com"])
        #expect(try !form.validate())
        #expect(form.errors == [NamedErrors(name: "", errors: .messages(["Name and address must differ."]))])
    }

    @Test("validating again starts without the errors of before")
    func again() throws {
        let form = LoginForm()
        form.process(["email": "", "password": "x"])
        #expect(try !form.validate())
        form.process(["email": "x@example.com", "password": "x"])
        #expect(try form.validate())
        #expect(form.errors.isEmpty)
    }

    @Test("a prefix keeps two forms of a page apart")
    func prefix() throws {
        let form = LoginForm()
        form.bind(prefix: "login")
        form.process(["login-email": "john@example.com", "email": "other", "login-password": "x"])
        #expect(form.email.value == "john@example.com")
        #expect(form.email.html().text.contains(#"id="login-email" maxlength="64" minlength="1" name="login-email""#))
    }

    @Test("a filter's error is an error of the field")
    func filterErrors() throws {
        final class Tagged: Form {
            let tag = StringField().filter { (text) throws(ValidationError) -> String in
                guard text.hasPrefix("#") else { throw ValidationError("Start with #.") }
                return text
            }
        }
        let form = Tagged()
        form.process(["tag": "x"])
        #expect(try !form.validate())
        #expect(form.tag.errors == ["Start with #."])
    }

    @Test("messages are translated, with their numbers in place")
    func translation() throws {
        final class Named: Form { let name = StringField(validators: [.length(2...4)]) }
        let form = Named()
        form.translate = { $0.hasPrefix("Field must") ? "Zwischen %(min)d und %(max)d Zeichen (%(length)d)." : $0 }
        form.process(["name": "x"])
        #expect(try !form.validate())
        #expect(form.name.errors == ["Zwischen 2 und 4 Zeichen (1)."])
    }

    @Test("choices that were never set are a mistake of the program, not of the reader")
    func missingChoices() throws {
        final class Roles: Form { let role = SelectField<Int>("Role") }
        let form = Roles()
        form.process(["role": "1"])
        #expect(throws: FormError.self) { try form.validate() }
        form.role.choices = [Choice(1, "User"), Choice(2, "Moderator")]
        #expect(try form.validate())
        #expect(form.role.value == 1)
    }

    @Test("a choice can be an enum")
    func enumChoices() throws {
        enum Size: String, ChoiceValue, CaseIterable { case small, large }
        final class Order: Form {
            let size = SelectField<Size>(choices: Size.allCases.map { Choice($0) }).default(.large)
        }
        let form = Order()
        #expect(form.size.value == .large)
        #expect(form.size.html().text.contains(#"<option selected value="large">large</option>"#))
        form.process(["size": "small"])
        #expect(try form.validate() && form.size.value == .small)
    }
}

@Suite("The token of a form")
struct FormProtectionTests {
    private func protection(_ right: String) -> FormProtection {
        FormProtection(token: { right }) { token in
            if token.isEmpty { throw ValidationError("The CSRF token is missing.") }
            if token != right { throw ValidationError("The CSRF tokens do not match.") }
        }
    }

    @Test("the token is a hidden field, in hiddenTag with the others")
    func hiddenTag() throws {
        final class Next: Form {
            let next = HiddenField().default("/a?b=1&c")
            let name = StringField()
        }
        let form = Next()
        try form.process(nil, protection: protection("to<ken"))
        #expect(
            form.hiddenTag().text == """
                <input id="next" name="next" type="hidden" value="/a?b=1&amp;c">
                <input id="csrf_token" name="csrf_token" type="hidden" value="to&lt;ken">
                """)
    }

    @Test("a missing or wrong token is an error of its field", arguments: [nil, "", "wrong", "right"])
    func checked(token: String?) throws {
        let form = LoginForm()
        var input: FormInput = ["email": "john@example.com", "password": "x"]
        if let token { input.append("csrf_token", token) }
        try form.process(input, protection: protection("right"))
        #expect(try form.validate() == (token == "right"))
        let message = token == "wrong" ? "The CSRF tokens do not match." : "The CSRF token is missing."
        #expect(form["csrf_token"]?.errors == (token == "right" ? [] : [message]))
    }
}

@Suite("The cost of a form")
struct FormCostTests {
    @Test("a form is made and checked in a fraction of what a page takes", .enabled(if: FormCostTests.isWanted))
    func cost() throws {
        let clock = ContinuousClock()
        let input: FormInput = ["email": "john@example.com", "password": "cat", "remember_me": "y"]
        let count = 20_000
        let made = clock.measure { for _ in 0..<count { _ = LoginForm() } }
        let checked = try clock.measure {
            for _ in 0..<count {
                let form = LoginForm()
                form.process(input)
                _ = try form.validate()
            }
        }
        let fields = LoginForm()
        let reflected = clock.measure { for _ in 0..<count { _ = fields.fieldList } }
        print("made \(made / count), made and checked \(checked / count), of it reflection \(reflected / count)")
    }

    static var isWanted: Bool { getenv("ROOST_MEASURE") != nil }
}
