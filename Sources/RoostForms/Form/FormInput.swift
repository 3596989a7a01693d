public import RoostHTTP

/// What a client sent for a form: fields in order, several values per name, and files.
public struct FormInput: ExpressibleByDictionaryLiteral {
    private var values: [String: [String]] = [:]
    private var order: [String] = []
    private var uploads: [String: [UploadedFile]] = [:]

    public init() {}

    /// Fields by name, in order; a name may come several times.
    public init(dictionaryLiteral fields: (String, String)...) {
        for (name, value) in fields { append(name, value) }
    }

    /// The fields of a query or an urlencoded body.
    public init(_ parameters: Parameters) {
        for (name, value) in parameters { append(name, value) }
    }

    /// Adds a value.
    public mutating func append(_ name: String, _ value: String) {
        if values[name]?.append(value) == nil {
            values[name] = [value]
            order.append(name)
        }
    }

    /// Adds a file.
    public mutating func append(_ name: String, file: UploadedFile) {
        if uploads[name]?.append(file) == nil {
            uploads[name] = [file]
            if values[name] == nil { order.append(name) }
        }
    }

    /// Whether nothing was sent.
    public var isEmpty: Bool { order.isEmpty }

    /// The names in the order they came.
    public var names: [String] { order }

    /// The values of a field; empty when it was not sent.
    public func values(_ name: String) -> [String] { values[name] ?? [] }

    /// The files of a field.
    public func files(_ name: String) -> [UploadedFile] { uploads[name] ?? [] }
}
