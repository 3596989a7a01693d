public import RoostMarkup

/// What turns a field into HTML.
public protocol Widget {
    /// The element of a field with attributes that win over its own.
    func html(_ field: Field, _ attributes: HTMLAttributes) -> SafeHTML
}

extension Widget {
    /// Copies what validators have set on the field (`required`, `maxlength`, …) where an element may carry it.
    func addFlags(of field: Field, allowed: [String], to attributes: inout HTMLAttributes) {
        for name in allowed {
            if let value = field.flags[name] { attributes.setDefault(name, value) }
        }
    }
}

/// An `<input>` of any type.
public struct InputWidget: Widget {
    /// What the `value` attribute is made of.
    public enum ValueRule: Sendable {
        case ofField
        /// Passwords are not sent back.
        case hidden
        /// The text of the label: buttons.
        case label
        /// No attribute at all: files.
        case none
    }

    public let type: String
    public let flags: [String]
    public var value = ValueRule.ofField
    /// Attributes that this kind of input has from the start, such as `step`.
    public var fixed: HTMLAttributes = [:]
    /// Whether the field's truth is the attribute `checked`.
    public var isCheckable = false
    /// Whether limits are moments, written in the format of the field.
    public var format: DateFormat?

    public init(_ type: String, flags: [String] = Self.textFlags) {
        self.type = type
        self.flags = flags
    }

    public static let textFlags = ["required", "disabled", "readonly", "maxlength", "minlength", "pattern"]
    public static let numberFlags = ["required", "disabled", "readonly", "max", "min", "step"]

    public func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        if isCheckable, field.isChecked { attributes.setDefault("checked", true) }
        for (name, value) in fixed.all { attributes.setDefault(name, value) }
        attributes.setDefault("id", .text(field.id))
        attributes.setDefault("type", .text(type))
        switch value {
        case .ofField: attributes.setDefault("value", .text(field.inputValue))
        case .hidden: attributes["value"] = ""
        case .label: attributes.setDefault("value", .text(field.label.text))
        case .none: attributes["value"] = false
        }
        addFlags(of: field, allowed: flags, to: &attributes)
        if let format { formatLimits(format, &attributes) }
        attributes["name"] = .text(field.name)
        return attributes.tag("input")
    }

    private func formatLimits(_ format: DateFormat, _ attributes: inout HTMLAttributes) {
        for name in ["min", "max"] {
            guard case .value(let limit)? = attributes[name], let moment = limit.moment else { continue }
            attributes[name] = .text(format.write(moment))
        }
    }
}

/// A `<textarea>`.
public struct TextAreaWidget: Widget {
    public init() {}

    public func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        attributes.setDefault("id", .text(field.id))
        addFlags(
            of: field, allowed: ["required", "disabled", "readonly", "maxlength", "minlength"], to: &attributes)
        attributes["name"] = .text(field.name)
        // A line break directly behind the tag is dropped by browsers; without this one the text's own would be.
        return attributes.tag("textarea") + SafeHTML(trusted: "\r\n") + field.inputValue
            + SafeHTML(trusted: "</textarea>")
    }
}

/// A `<select>` with its options, in groups where the choices name some.
public struct SelectWidget: Widget {
    public let isMultiple: Bool

    public init(multiple: Bool = false) { isMultiple = multiple }

    public func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        attributes.setDefault("id", .text(field.id))
        if isMultiple { attributes["multiple"] = true }
        addFlags(of: field, allowed: ["required", "disabled"], to: &attributes)
        attributes["name"] = .text(field.name)
        var html = attributes.tag("select")
        var group: String?
        for option in field.options {
            if option.group != group {
                if group != nil { html += "</optgroup>" }
                group = option.group
                if let group { html += (["label": .text(group)] as HTMLAttributes).tag("optgroup") }
            }
            html += Self.html(option)
        }
        if group != nil { html += "</optgroup>" }
        return html + SafeHTML(trusted: "</select>")
    }

    private static func html(_ option: FieldOption) -> SafeHTML {
        var attributes: HTMLAttributes = ["value": .text(option.value)]
        attributes = attributes.merging(option.attributes)
        if option.isSelected { attributes["selected"] = true }
        return attributes.tag("option") + option.label + SafeHTML(trusted: "</option>")
    }
}

/// A list of fields within a field: radio buttons, the entries of a field list.
public struct ListWidget: Widget {
    public let tag: String
    public let labelComesFirst: Bool

    public init(_ tag: String = "ul", labelComesFirst: Bool = true) {
        self.tag = tag
        self.labelComesFirst = labelComesFirst
    }

    public func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        attributes.setDefault("id", .text(field.id))
        var html = attributes.tag(tag)
        for inner in field.subfields {
            let (label, element) = (inner.label.html(), inner.html())
            html += labelComesFirst ? "<li>\(label) \(element)</li>" : "<li>\(element) \(label)</li>"
        }
        return html + SafeHTML(trusted: "</\(tag)>")
    }
}

/// An enclosed form as the rows of a table; hidden fields go into the next row's cell.
public struct TableWidget: Widget {
    public init() {}

    public func html(_ field: Field, _ given: HTMLAttributes) -> SafeHTML {
        var attributes = given
        attributes.setDefault("id", .text(field.id))
        var html = attributes.tag("table")
        var hidden: SafeHTML = ""
        for inner in field.subfields {
            if inner.isHidden {
                hidden += inner.html()
            } else {
                html += "<tr><th>\(inner.label.html())</th><td>\(hidden)\(inner.html())</td></tr>"
                hidden = ""
            }
        }
        return html + SafeHTML(trusted: "</table>") + hidden
    }
}
