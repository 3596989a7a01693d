internal import RoostForms
internal import RoostMarkup

/// A text in Markdown. The page shows beside it what it will look like, as Flask-PageDown does: a script sends the text
/// to `/preview` while somebody writes.
final class PageDownField: TextAreaField {
    /// - Parameter name: of the field; the elements' ids are made of it.
    init(_ label: String, name: String, validators: [Validator]) {
        super.init(label, validators: validators, id: "flask-pagedown-\(name)", name: name)
    }

    override var type: String { "PageDownField" }
    override var standardWidget: any Widget { PageDownWidget() }
}

/// The text area with the place of its preview, under Flask-PageDown's ids and classes.
private struct PageDownWidget: Widget {
    func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        attributes["class"] = .text(classes(given) + "flask-pagedown-input")
        let editor: SafeHTML = "<div class=\"flask-pagedown\">\(TextAreaWidget().html(field, attributes))</div>"
        return editor + "<div class=\"flask-pagedown-preview\" id=\"\(field.id)-preview\"></div>"
    }

    private func classes(_ given: HTMLAttributes) -> String {
        if case .text(let text)? = given["class"] { text + " " } else { "" }
    }
}
