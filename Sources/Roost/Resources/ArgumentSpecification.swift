/// An argument without its type.
public struct ArgumentSpecification: Sendable {
    public let name: String
    public let locations: [ArgumentLocation]
    public let help: String?
    public let isRequired: Bool
    public let isList: Bool
    let standard: (any Sendable)?
    let standardJSON: (@Sendable () -> JSONValue)?
    let readText: @Sendable (String) throws -> any Sendable
    let readJSON: @Sendable (JSONValue) throws -> any Sendable
    /// Makes a typed list of values that were read.
    let list: @Sendable ([any Sendable]) -> any Sendable
    let itemSchema: @Sendable () -> JSONValue
    var checks: [@Sendable (any Sendable) throws -> Void] = []
    var schemaWords: [@Sendable () -> [(String, JSONValue)]] = []

    init<Item: ArgumentValue>(
        _ name: String, _ type: Item.Type, _ locations: [ArgumentLocation], _ help: String?, isRequired: Bool,
        isList: Bool, standard: Item?
    ) {
        self.name = name
        self.locations = locations
        self.help = help
        self.isRequired = isRequired
        self.isList = isList
        self.standard = standard
        if let standard { standardJSON = { standard.argumentJSON } } else { standardJSON = nil }
        readText = { text in try Item.argument(text: text) }
        readJSON = { json in try Item.argument(json: json) }
        list = { items in items.compactMap { $0 as? Item } }
        itemSchema = { Item.argumentSchema }
    }

    /// The argument as JSON Schema.
    var schema: JSONValue {
        var schema = itemSchema().object ?? JSONObject()
        for (word, value) in schemaWords.flatMap({ $0() }) { schema[word] = value }
        guard !isList else { return ["type": "array", "items": .object(schema)] }
        if let standardJSON { schema["default"] = standardJSON() }
        return .object(schema)
    }

    /// The sentence of the description.
    var description: String? {
        help.map { $0.replacing("{error_msg}", with: "").split(separator: " ").joined(separator: " ") }
    }

    /// The value in a request; nil when it is missing and need not be there.
    func read(_ request: ArgumentSource) throws -> (any Sendable)? {
        for location in locations {
            if location == .json {
                if let json = request.json?[name], !json.isNull || isRequired { return try checked(json: json) }
            } else {
                let texts = request.texts(name, location)
                if !texts.isEmpty { return try checked(texts: texts) }
            }
        }
        if isRequired {
            let places = locations.map(\.phrase).joined(separator: " or ")
            throw ArgumentProblem("Missing required parameter in \(places)")
        }
        return isList ? list([]) : standard
    }

    private func checked(json: JSONValue) throws -> any Sendable {
        guard isList else { return try checked(readJSON(json)) }
        guard let items = json.array else { throw ArgumentProblem("must be a list") }
        var values: [any Sendable] = []
        for item in items { values.append(try readJSON(item)) }
        return try checked(list(values))
    }

    private func checked(texts: [String]) throws -> any Sendable {
        guard isList else { return try checked(readText(texts[0])) }
        var values: [any Sendable] = []
        for text in texts { values.append(try readText(text)) }
        return try checked(list(values))
    }

    private func checked(_ value: any Sendable) throws -> any Sendable {
        for check in checks { try check(value) }
        return value
    }

    /// What is wrong, in the words of the argument's help if it has one.
    func message(_ problem: ArgumentProblem) -> String {
        help?.replacing("{error_msg}", with: problem.description) ?? problem.description
    }
}

/// The parts of a request that arguments come from, each read once.
struct ArgumentSource {
    let request: Request
    let json: JSONObject?
    let form: Parameters

    /// Reads the bodies that the arguments need.
    init(_ request: Request, _ locations: Set<ArgumentLocation>) throws {
        self.request = request
        form = locations.contains(.form) ? try request.form : Parameters()
        guard locations.contains(.json), request.isJSON, request.http.contentLength != 0 else {
            json = nil
            return
        }
        let value = try request.json()
        guard let object = value.object else { throw HTTPError(.badRequest, "The JSON body must be an object.") }
        json = object
    }

    func texts(_ name: String, _ location: ArgumentLocation) -> [String] {
        switch location {
        case .query: request.query.all(name)
        case .form: form.all(name)
        case .header: request.headers[name].map { [$0] } ?? []
        case .cookie: request.cookies[name].map { [$0] } ?? []
        case .json: []
        }
    }
}
