import RoostForms
import RoostMarkup
import Testing

private final class AddressForm: Form {
    let token = HiddenField().default("t")
    let street = StringField("Street", validators: [.dataRequired()])
    let city = StringField("City")
}

private final class PersonForm: Form {
    let name = StringField("Name", validators: [.dataRequired()])
    let address = FormField(AddressForm())
    let tags = FieldList(of: StringField("Tag", validators: [.length(...3)]), minimum: 1, maximum: 3)
    let homes = FieldList(of: FormField(AddressForm()))
}

// The HTML and the numbering were taken from WTForms 3.3.2.
@Suite("Forms and lists within forms")
struct EnclosedFieldTests {
    @Test("an enclosed form is a table whose hidden fields go into the next cell")
    func table() {
        let form = PersonForm()
        form.process(["name": "x", "address-city": "c"])
        #expect(
            form.address.html().text == """
                <table id="address"><tr><th><label for="address-street">Street</label></th><td>\
                <input id="address-token" name="address-token" type="hidden" value="t">\
                <input id="address-street" name="address-street" required type="text" value=""></td></tr>\
                <tr><th><label for="address-city">City</label></th><td>\
                <input id="address-city" name="address-city" type="text" value="c"></td></tr></table>
                """)
        #expect(form.address.form.city.value == "c")
    }

    @Test("entries of a list are numbered anew, and no more are taken than allowed")
    func list() throws {
        let form = PersonForm()
        form.process([
            "name": "x", "tags-7": "abcd", "tags-2": "a", "tags-x": "q", "tags-": "q", "address-street": "s",
            "tags-99999999999999999999": "huge",
        ])
        #expect(
            form.tags.html().text == """
                <ul id="tags"><li><label for="tags-0">Tag</label> \
                <input id="tags-0" maxlength="3" name="tags-0" type="text" value="a"></li>\
                <li><label for="tags-1">Tag</label> \
                <input id="tags-1" maxlength="3" name="tags-1" type="text" value="abcd"></li></ul>
                """)
        #expect(try !form.validate())
        #expect(
            form.errors == [
                NamedErrors(
                    name: "tags",
                    errors: .entries([
                        .messages([]), .messages(["Field cannot be longer than 3 characters."]),
                    ]))
            ])
        form.process(["tags-1": "a", "tags-2": "b", "tags-3": "c", "tags-4": "d"])
        #expect(form.tags.entries.map(\.value) == ["a", "b", "c"])
    }

    @Test("a list of forms renames what is inside, and its errors keep their places")
    func listOfForms() throws {
        let form = PersonForm()
        form.process(["name": "x", "address-street": "s", "homes-5-street": "s5", "homes-3-city": "c3"])
        #expect(form.homes.entries.map(\.form.street.name) == ["homes-0-street", "homes-1-street"])
        #expect(form.homes.entries.map(\.form.street.label.fieldID) == ["homes-0-street", "homes-1-street"])
        #expect(form.homes.entries.map(\.form.city.value) == ["c3", ""])
        #expect(try !form.validate())
        let street = NamedErrors(name: "street", errors: .messages(["This field is required."]))
        #expect(form.errors == [NamedErrors(name: "homes", errors: .entries([.fields([street]), .fields([])]))])
    }

    @Test("defaults fill lists and enclosed forms")
    func defaults() {
        let form = PersonForm()
        form.bind(prefix: "p")
        form.process(
            nil, values: ["tags": ["q", "r"], "address": .fields([("street", "st")]), "name": "n"])
        #expect(form.tags.entries.map(\.name) == ["p-tags-0", "p-tags-1"])
        #expect(form.tags.data == ["q", "r"] && form.address.form.street.value == "st")
    }

    @Test("entries can be added and taken out")
    func editing() {
        let form = PersonForm()
        form.tags.append("b")
        form.tags.append("c")
        form.tags.remove(at: 0)
        #expect(form.tags.entries.map(\.name) == ["tags-0", "tags-1"])
        #expect(form.tags.data == ["b", "c"])
    }
}

@Suite("Forms of a model")
struct ModelFormTests {
    private struct User {
        var name = "John"
        var age: Int? = 30
        var location: String?
        var score = 5
    }

    private final class ProfileForm: Form, ModelForm {
        let name = StringField("Real name", validators: [.length(0...64)])
        let age = IntegerField("Age", validators: [.optional()])
        let location = StringField("Location")
        let score = IntegerField("Score", validators: [.optional()])

        func bind(_ user: inout ModelBinding<User>) {
            user.bind(name, \.name)
            user.bind(age, \.age)
            user.bind(location, \.location)
            user.bind(score, \.score)
        }
    }

    @Test("a form shows the members of a model")
    func showing() {
        let form = ProfileForm()
        form.process(nil, from: User())
        #expect(form.name.value == "John" && form.age.value == 30 && form.location.text == nil)
        #expect(form.age.html().text.contains(#"value="30""#))
    }

    @Test("what was sent wins, and goes into the model")
    func populating() throws {
        let form = ProfileForm()
        var user = User()
        form.process(["name": "Jane", "age": "", "location": "Rome", "score": ""], from: user)
        #expect(try form.validate())
        form.populate(&user)
        // An empty optional number is none; a member that must have one keeps it.
        #expect(user.name == "Jane" && user.age == nil && user.location == "Rome" && user.score == 5)
    }
}
