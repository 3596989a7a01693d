import RoostForms
import RoostHTTP
import RoostMarkup
import Testing

@Suite("Fields and validators beside WTForms")
struct WTFormsTests {
    @Test("errors, values, labels and HTML of every stored case are WTForms' own")
    func sameAsWTForms() throws {
        let cases = try WTFormsCase.all()
        #expect(cases.count > 2000)
        for one in cases {
            let field = try one.run()
            let expected = one.json["expected"]
            let description = Comment(rawValue: Self.text(one.json))
            let errors = expected?["errors"]?.array?.compactMap(\.string) ?? []
            #expect(field.errors == errors, description)
            #expect(field.data.description == expected?["data"]?.string, description)
            #expect(field.label.html().text == expected?["label"]?.string, description)
            let html = field.html(WTFormsCase.attributes(one.json["attributes"])).text
            #expect(html == expected?["html"]?.string, description)
        }
    }

    private static func text(_ json: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(json)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
