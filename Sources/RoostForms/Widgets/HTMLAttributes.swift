public import RoostMarkup

/// The value of an HTML attribute.
public enum AttributeValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    case text(String)
    /// True writes the name alone, false writes nothing.
    case flag(Bool)
    /// Text that is HTML already and is not escaped again.
    case html(SafeHTML)
    /// A number or a moment; it is written as Python's `str` has it, moments by the format of their field.
    case value(FieldValue)

    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    public init(integerLiteral value: Int) { self = .value(.integer(value)) }
}

/// The attributes of an element, by name.
///
/// Names are written as Python's keyword arguments allow them: `class_` is `class`, `data_id` is `data-id`. They come
/// out in alphabetical order, as WTForms writes them, so that pages are comparable.
public struct HTMLAttributes: Sendable, ExpressibleByDictionaryLiteral {
    private var pairs: [(name: String, value: AttributeValue)] = []

    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        for (name, value) in elements { self[name] = value }
    }

    public init() {}

    public var isEmpty: Bool { pairs.isEmpty }

    /// The attributes in the order they were set.
    public var all: [(name: String, value: AttributeValue)] { pairs }

    /// The value of an attribute.
    public subscript(name: String) -> AttributeValue? {
        get {
            let name = Self.cleaned(name)
            return pairs.first { $0.name == name }?.value
        }
        set {
            let name = Self.cleaned(name)
            let place = pairs.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): pairs[place].value = value
            case (let place?, nil): pairs.remove(at: place)
            case (nil, let value?): pairs.append((name, value))
            case (nil, nil): break
            }
        }
    }

    /// Sets an attribute that has no value yet.
    public mutating func setDefault(_ name: String, _ value: @autoclosure () -> AttributeValue) {
        if self[name] == nil { self[name] = value() }
    }

    /// The attributes of both; those of `other` win.
    public func merging(_ other: HTMLAttributes) -> HTMLAttributes {
        var result = self
        for (name, value) in other.pairs { result[name] = value }
        return result
    }

    /// `class="x" id="name" required`, without a blank in front.
    public var html: SafeHTML {
        var text = ""
        for (name, value) in pairs.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            let written: String
            switch value {
            case .flag(false): continue
            case .flag(true), .value(.bool(true)): written = HTMLEscape.escaped(name)
            case .value(.bool(false)): continue
            case .text(let value): written = "\(HTMLEscape.escaped(name))=\"\(HTMLEscape.escaped(value))\""
            case .html(let value): written = "\(HTMLEscape.escaped(name))=\"\(value.text)\""
            case .value(let value): written = "\(HTMLEscape.escaped(name))=\"\(HTMLEscape.escaped(value.description))\""
            }
            if !text.isEmpty { text += " " }
            text += written
        }
        return SafeHTML(trusted: text)
    }

    /// `<tag attributes>`.
    public func tag(_ name: String) -> SafeHTML {
        let html = html.text
        return SafeHTML(trusted: html.isEmpty ? "<\(name)>" : "<\(name) \(html)>")
    }

    static func cleaned(_ name: String) -> String {
        var bytes = Array(name.utf8)
        while bytes.last == UInt8(ascii: "_") { bytes.removeLast() }
        if bytes.starts(with: "data_".utf8) || bytes.starts(with: "aria_".utf8) {
            bytes = bytes.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
