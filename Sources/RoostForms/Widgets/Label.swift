public import RoostMarkup

/// The label of a field.
public struct Label: Sendable {
    /// The id of the field; nil for a group of radio buttons, which no label can point to.
    public var fieldID: String?
    public var text: String

    public init(fieldID: String?, text: String) {
        self.fieldID = fieldID
        self.text = text
    }

    /// `<label for="id">text</label>`, with another text or more attributes.
    public func html(_ text: String? = nil, _ attributes: HTMLAttributes = [:]) -> SafeHTML {
        var attributes = attributes
        if let fieldID { attributes.setDefault("for", .text(fieldID)) }
        return attributes.tag("label") + (text ?? self.text) + SafeHTML(trusted: "</label>")
    }
}
