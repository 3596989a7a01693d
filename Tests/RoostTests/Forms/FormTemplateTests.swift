import Roost
import RoostForms
import RoostTemplates
import Testing

private final class SettingsForm: Form {
    let secret = HiddenField().default("s")
    let name = StringField(
        "Your <name>", validators: [.dataRequired(), .length(1...64)], description: "As <b>you</b> like")
    let day = DateField("Day").default(CalendarDate(year: 2026, month: 1, day: 31))
    let isPublic = BooleanField("Public")
    let color = RadioField("Colour", choices: [Choice("r", "Red"), Choice("g", "Green")])
    let role = SelectField("Role", choices: [Choice(1, "User"), Choice(2, "Admin")])
    let photo = FileField("Photo")
    let submit = SubmitField("Save")
}

@Suite("Forms in templates")
struct FormTemplateTests {
    private func render(_ template: String, _ input: FormInput?) throws -> String {
        let loader = FormTemplates(behind: DictionaryLoader(["page.html": template]))
        let environment = TemplateEnvironment(loader: loader)
        let form = SettingsForm()
        form.process(input)
        if input != nil { _ = try form.validate() }
        let app = App("test")
        app.useTemplates(environment)
        try app.get("/") { request in try request.render("page.html", ["form": form]) }
        try app.freeze()
        let response = app.testClient().get("/")
        if let error = response.error { throw error }
        return response.text
    }

    @Test(
        "the syntax of Flask's templates",
        arguments: [
            ("{{ form.name.label }}", #"<label for="name">Your &lt;name&gt;</label>"#),
            (#"{{ form.name.label("Other", class="b") }}"#, #"<label class="b" for="name">Other</label>"#),
            ("{{ form.name.label.text }}", "Your &lt;name&gt;"),
            (
                #"{{ form.name(class="x", data_id=5, autofocus=true) }}"#,
                #"<input autofocus class="x" data-id="5" id="name" maxlength="64" minlength="1" name="name" required type="text" value="">"#
            ),
            ("{{ form.day }}", #"<input id="day" name="day" type="date" value="2026-01-31">"#),
            ("{{ form.day.data }}", "2026-01-31"),
            ("{% for error in form.name.errors %}{{ error }}{% endfor %}", "This field is required."),
            ("{{ form.errors.name[0] }} {{ form.errors['role'] | length }}", "This field is required. 1"),
            ("{{ form.hidden_tag() }}", #"<input id="secret" name="secret" type="hidden" value="s">"#),
            ("{% for field in form if field.flags.required %}{{ field.name }}{% endfor %}", "name"),
            ("{{ form['name'].id }} {{ form.name.type }} {{ form.nothing is defined }}", "name StringField False"),
            (
                "{% for button in form.color %}{{ button.label.text }}{{ button }}{% endfor %}",
                """
                Red<input id="color-0" name="color" type="radio" value="r">\
                Green<input id="color-1" name="color" type="radio" value="g">
                """
            ),
            ("{% for value, label in form.role.choices %}{{ value }}={{ label }} {% endfor %}", "1=User 2=Admin "),
        ])
    func syntax(template: String, html: String) throws {
        #expect(try render(template, [:]) == html)
    }

    @Test("a field takes attributes by name only")
    func positional() {
        #expect(throws: TemplateError.self) { try render("{{ form.name('x') }}", nil) }
    }

    @Test("quick_form writes every field once, with errors under their fields")
    func quickForm() throws {
        let html = try render(
            #"{% import "bootstrap/wtf.html" as wtf %}{{ wtf.quick_form(form) }}"#, ["is_public": "y"])
        #expect(
            html.contains(#"<form action="" method="post" enctype="multipart/form-data" class="form" role="form">"#))
        for name in ["secret", "name", "day", "is_public", "role", "photo", "submit"] {
            #expect(html.components(of: "name=\"\(name)\"") == 1, "\(name)")
        }
        #expect(html.components(of: #"name="color""#) == 2)
        #expect(html.contains(#"<div class="form-group has-error required">"#))
        #expect(html.contains(#"<p class="help-block">This field is required.</p>"#))
        #expect(html.contains(#"<input checked id="is_public" name="is_public" type="checkbox" value="y"> Public"#))
        #expect(html.contains(#"<input class="btn btn-default" id="submit" name="submit" type="submit" value="Save">"#))
    }

    @Test(
        "quick_form's other shapes",
        arguments: [
            ("form_type='inline'", #"class="form form-inline""#),
            ("form_type='horizontal'", #"col-lg-offset-2 col-lg-10"#),
            ("button_map={'submit': 'primary'}", "btn btn-primary"),
            ("novalidate=true, id='f'", #"id="f" method="post""#),
            ("extra_classes='wide'", #"class="form wide""#), ("action='/x?a=1&b'", #"action="/x?a=1&amp;b""#),
        ])
    func shapes(arguments: String, part: String) throws {
        let page = "{% import 'roost/forms.html' as wtf %}{{ wtf.quick_form(form, \(arguments)) }}"
        #expect(try render(page, nil).contains(part))
    }

    @Test("errors of hidden fields stand at the top of the form")
    func hiddenErrors() throws {
        let app = App("test")
        app.useTemplates(
            TemplateEnvironment(
                loader: FormTemplates(
                    behind: DictionaryLoader([
                        "page.html": "{% import 'bootstrap/wtf.html' as wtf %}{{ wtf.quick_form(form) }}"
                    ]))))
        app.formProtection = { _ in
            FormProtection(token: { "t" }) { _ in throw ValidationError("The CSRF token is missing.") }
        }
        try app.post("/") { request in
            let form = try SettingsForm(request)
            _ = try form.validate()
            return try request.render("page.html", ["form": form])
        }
        let html = app.testClient().post("/", form: ["name": "x"]).text
        #expect(html.contains(#"<p class="error">The CSRF token is missing.</p>"#))
        #expect(html.components(of: "The CSRF token is missing.") == 1)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
