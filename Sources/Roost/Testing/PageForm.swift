/// A form found in a page, with the values a browser would send: hidden fields and the CSRF token among them.
public struct PageForm {
    public let id: String?
    public let name: String?
    /// Where it goes; empty means the page itself.
    public let action: String
    public let method: HTTPMethod
    public let isMultipart: Bool
    /// What would be sent, in the page's order.
    public private(set) var fields: [(name: String, value: String)] = []
    /// The files to send with it.
    public var files: [UploadedFile] = []
    /// The names of all fields, also of those that send nothing as they are, such as an empty box to tick.
    public private(set) var names: Set<String> = []
    /// The submit buttons with a name.
    public private(set) var buttons: [(name: String, value: String)] = []

    /// The value of a field. Setting one that the page does not have is a mistake in the test: it stops there.
    public subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            precondition(names.contains(name), "the form has no field \"\(name)\"; it has \(names.sorted())")
            let place = fields.firstIndex { $0.name == name } ?? fields.endIndex
            fields.removeAll { $0.name == name }
            if let newValue { fields.insert((name, newValue), at: min(place, fields.endIndex)) }
        }
    }

    /// Sets a field of several values, such as a list to choose from.
    public mutating func set(_ name: String, to values: [String]) {
        self[name] = nil
        fields += values.map { (name, $0) }
    }

    /// Presses a button: the first of that name, or the one with that value.
    public mutating func press(_ name: String, value: String? = nil) {
        guard let button = buttons.first(where: { $0.name == name && (value == nil || $0.value == value) }) else {
            preconditionFailure("the form has no button \"\(name)\"; it has \(buttons.map(\.name))")
        }
        fields.append(button)
    }

    /// The forms of a page, in order.
    static func all(in page: [UInt8]) -> [PageForm] {
        var reader = PageFormReader()
        for item in PageTags(page) { reader.take(item) }
        return reader.forms
    }

    fileprivate init(_ attributes: [String: String]) {
        id = attributes["id"]
        name = attributes["name"]
        action = attributes["action"] ?? ""
        method = HTTPMethod((attributes["method"] ?? "get").uppercased())
        isMultipart = attributes["enctype"]?.lowercased() == "multipart/form-data"
    }

    fileprivate mutating func addField(_ name: String, _ value: String?) {
        names.insert(name)
        if let value { fields.append((name, value)) }
    }

    fileprivate mutating func addButton(_ name: String, _ value: String) { buttons.append((name, value)) }
}

/// Collects the forms while the tags of a page go by.
private struct PageFormReader {
    private(set) var forms: [PageForm] = []
    private var isInside = false
    private var select: (name: String, isMultiple: Bool, options: [(value: String, isSelected: Bool)])?
    private var option: (value: String?, isSelected: Bool, text: String)?
    private var textarea: (name: String, text: String)?

    mutating func take(_ item: PageTags.Item) {
        switch item {
        case .open(let tag, let attributes): open(tag, attributes)
        case .close(let tag): close(tag)
        case .text(let text):
            option?.text += text
            textarea?.text += text
        }
    }

    private mutating func open(_ tag: String, _ attributes: [String: String]) {
        if tag == "form" {
            forms.append(PageForm(attributes))
            isInside = true
        }
        guard isInside, attributes["disabled"] == nil else { return }
        let name = attributes["name"] ?? ""
        switch tag {
        case "input": input(name, attributes)
        case "button":
            if !name.isEmpty, attributes["type"] ?? "submit" == "submit" {
                forms[forms.count - 1].addButton(name, attributes["value"] ?? "")
            }
        case "textarea": textarea = (name, "")
        case "select": select = (name, attributes["multiple"] != nil, [])
        case "option":
            finishOption()
            option = (attributes["value"], attributes["selected"] != nil, "")
        default: break
        }
    }

    private mutating func input(_ name: String, _ attributes: [String: String]) {
        guard !name.isEmpty else { return }
        let value = attributes["value"]
        switch attributes["type"]?.lowercased() {
        case "submit", "image": forms[forms.count - 1].addButton(name, value ?? "")
        case "reset", "button": break
        case "file": forms[forms.count - 1].addField(name, nil)
        case "checkbox", "radio":
            forms[forms.count - 1].addField(name, attributes["checked"] == nil ? nil : value ?? "on")
        default: forms[forms.count - 1].addField(name, value ?? "")
        }
    }

    private mutating func close(_ tag: String) {
        switch tag {
        case "form": isInside = false
        case "option": finishOption()
        case "select": finishSelect()
        case "textarea":
            if let textarea, !textarea.name.isEmpty {
                // Browsers drop the line end right behind the tag.
                let text = textarea.text
                let kept = text.hasPrefix("\r\n") || text.hasPrefix("\n") ? String(text.dropFirst()) : text
                forms[forms.count - 1].addField(textarea.name, kept)
            }
            textarea = nil
        default: break
        }
    }

    private mutating func finishOption() {
        guard let option else { return }
        let text = option.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        select?.options.append((option.value ?? text, option.isSelected))
        self.option = nil
    }

    private mutating func finishSelect() {
        finishOption()
        guard let select, !select.name.isEmpty else {
            self.select = nil
            return
        }
        var chosen = select.options.filter(\.isSelected).map(\.value)
        if chosen.isEmpty, !select.isMultiple, let first = select.options.first { chosen = [first.value] }
        if chosen.isEmpty { forms[forms.count - 1].addField(select.name, nil) }
        for value in chosen { forms[forms.count - 1].addField(select.name, value) }
        self.select = nil
    }
}
