import Roost
import RoostForms
import RoostHTTP
import Testing

private final class PostForm: Form {
    let title = StringField("Title", validators: [.dataRequired()])
    let isDraft = BooleanField("Draft").default(true)
    let photo = FileField("Photo", validators: [.fileAllowed(["jpg", "png"]), .fileSize(...10)])
    let submit = SubmitField("Send")
}

@Suite("Forms in a request")
struct FormRequestTests {
    private func app(_ protection: @escaping (Request) -> FormProtection? = { _ in nil }) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        app.formProtection = protection
        try app.route("/", methods: [.get, .post, .put]) { request in
            let form = try PostForm(request)
            guard try form.validateOnSubmit() else {
                return "errors: " + form.errors.map { "\($0.name): \($0.errors.messages)" }.joined(separator: " ")
            }
            let photo = form.photo.value.map { " \($0.secureFilename) \($0.size)" } ?? ""
            return "\(form.title.value) \(form.isDraft.value)\(photo)"
        }
        return app
    }

    @Test("a GET shows the form without errors, whatever its query says")
    func get() throws {
        #expect(try app().testClient().get("/?title=x").text == "errors: ")
    }

    @Test("a POST fills and checks the form; a box that is missing is unticked")
    func post() throws {
        let client = try app().testClient()
        #expect(client.post("/", form: ["title": "Hello"]).text == "Hello false")
        #expect(client.post("/", form: ["title": "Hello", "is_draft": "y"]).text == "Hello true")
        #expect(client.post("/", form: ["title": ""]).text == #"errors: title: ["This field is required."]"#)
    }

    @Test("an empty POST is a form that was sent with nothing in it")
    func empty() throws {
        #expect(try app().testClient().post("/").text == #"errors: title: ["This field is required."]"#)
    }

    @Test("a PUT with JSON fills the form too")
    func json() throws {
        let client = try app().testClient()
        #expect(client.send(.put, "/", json: ["title": "Hi", "is_draft": true]).text == "Hi true")
        #expect(client.send(.put, "/", json: ["title": ["a"], "is_draft": false, "x": nil]).text == "a false")
        #expect(client.send(.put, "/", json: [1]).text == #"errors: title: ["This field is required."]"#)
    }

    @Test(
        "files are checked by name and size",
        arguments: [
            ("me.JPG", "123", "Hello false me.JPG 3"), ("../me.jpg", "", "Hello false me.jpg 0"),
            ("", "", "Hello false"),
            ("me.exe", "1", #"errors: photo: ["File does not have an approved extension: jpg, png"]"#),
            ("me.png", "12345678901", #"errors: photo: ["File must be between 0 and 10 bytes."]"#),
        ])
    func files(name: String, content: String, answer: String) throws {
        let body = """
            --b\r\nContent-Disposition: form-data; name="title"\r\n\r\nHello\r\n\
            --b\r\nContent-Disposition: form-data; name="photo"; filename="\(name)"\r\n\
            Content-Type: image/jpeg\r\n\r\n\(content)\r\n--b--\r\n
            """
        let response = try app().testClient().send(
            .post, "/", body: Array(body.utf8), type: "multipart/form-data; boundary=b")
        #expect(response.text == answer)
    }

    @Test("the app's protection is part of every form")
    func protection() throws {
        let app = try app { request in
            FormProtection(token: { "of " + request.host }) { token in
                if token != "of localhost" { throw ValidationError("The CSRF tokens do not match.") }
            }
        }
        let client = app.testClient()
        #expect(client.post("/", form: ["title": "x", "csrf_token": "of localhost"]).text == "x false")
        let refused = #"errors: csrf_token: ["The CSRF tokens do not match."]"#
        #expect(client.post("/", form: ["title": "x", "csrf_token": "of evil"]).text == refused)
    }
}
