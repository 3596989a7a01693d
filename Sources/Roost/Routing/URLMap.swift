import RoostMarkup

/// Why an address could not be made.
public struct URLError: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// What `urlFor` takes as a value. Nil leaves the value out; several texts make several fields of the query.
public protocol URLValue {
    var urlText: String? { get }
    var urlTexts: [String] { get }
}

extension URLValue {
    public var urlTexts: [String] { urlText.map { [$0] } ?? [] }
}

extension String: URLValue { public var urlText: String? { self } }
extension Int: URLValue { public var urlText: String? { description } }
extension Double: URLValue { public var urlText: String? { description } }
extension Bool: URLValue { public var urlText: String? { self ? "true" : "false" } }
extension Optional: URLValue where Wrapped: URLValue {
    public var urlText: String? { self?.urlText }
    public var urlTexts: [String] { self?.urlTexts ?? [] }
}
extension Array: URLValue where Element: URLValue {
    public var urlText: String? { first?.urlText }
    public var urlTexts: [String] { flatMap(\.urlTexts) }
}

/// An address inside the app: the path, and the host when the route belongs to one.
struct BuiltAddress {
    var path: String
    var host: String?
}

/// The way back from endpoints to addresses, choosing among the routes of an endpoint as Werkzeug does.
final class URLMap {
    private var routes: [String: [Route]] = [:]
    /// The routes of endpoints where there is nothing to choose: all theirs have one pattern, if for several methods.
    private var simple: [String: Route] = [:]
    /// Where addresses are written, so that its memory is allocated once.
    private var scratch: [UInt8] = []
    /// The addresses of endpoints without variables, made once: every page is full of them.
    private var constants: [String: BuiltAddress] = [:]
    let versions = StaticVersions()
    var files = RecentAddresses()
    /// Whether addresses of static files carry their content's hash.
    var versionsFiles = true { didSet { files = RecentAddresses() } }

    var endpoints: [String] { routes.keys.sorted() }

    /// Refuses an endpoint that another pattern has, unless the two are forms of one: by method, by defaults, by host.
    func check(_ route: Route) throws {
        let others = routes[route.endpoint] ?? []
        let isForm = !route.options.defaults.isEmpty || route.options.isAlias || route.host != nil
        guard let other = others.first(where: { $0.pattern.text != route.pattern.text }), !isForm,
            others.allSatisfy({ $0.options.defaults.isEmpty && !$0.options.isAlias && $0.host == nil })
        else { return }
        throw SetupError(
            "the endpoint \"\(route.endpoint)\" is taken by \(other.pattern.text) at \(other.site). "
                + "Give one of them another name with endpoint:", at: route.site)
    }

    /// Adds a route: aliases last, more variables first, more defaults first, then as registered.
    func add(_ route: Route) {
        var list = routes[route.endpoint] ?? []
        let place = list.firstIndex { Self.rank(route).lexicographicallyPrecedes(Self.rank($0)) } ?? list.endIndex
        list.insert(route, at: place)
        for (index, one) in list.enumerated() {
            one.hasShorterTwin = list[..<index].contains { Self.givesDefaults($0, for: one) }
        }
        routes[route.endpoint] = list
        constants[route.endpoint] = nil
        simple[route.endpoint] = list.allSatisfy { Self.isSimple($0, like: list[0]) } ? list[0] : nil
    }

    /// The address of an endpoint.
    /// - Parameters:
    ///   - blueprint: what an endpoint that begins with a dot is inside of
    ///   - method: only routes of this method; nil for any
    ///   - preferred: without `method`, routes of this one come first
    func address(
        _ endpoint: String, _ values: [(String, any URLValue)], blueprint: String?, method: HTTPMethod? = nil,
        preferred: HTTPMethod = .get, anchor: String?
    ) throws -> BuiltAddress {
        let name =
            endpoint.utf8.first == UInt8(ascii: ".")
            ? blueprint.map { $0 + endpoint } ?? String(endpoint.dropFirst()) : endpoint
        let isConstant = values.isEmpty && method == nil && anchor == nil
        if isConstant, let built = constants[name] { return built }
        guard let candidates = routes[name] else {
            throw URLError("there is no endpoint \"\(name)\"" + NearestName.hint(name, among: routes.keys))
        }
        if method == nil, anchor == nil {
            if let path = simplePath(name, values) { return BuiltAddress(path: path) }
            if let built = fileAddress(candidates, values) { return built }
        }
        let values = values.contains { $0.1.urlText == nil } ? values.filter { !$0.1.urlTexts.isEmpty } : values
        guard
            let route = candidates.first(where: { Self.suits($0, values, method ?? preferred) })
                ?? (method == nil ? candidates.first { Self.suits($0, values, nil) } : nil)
        else { throw complaint(name, candidates[0], values, method) }
        var built: BuiltAddress
        do { built = try address(route, values) } catch { throw URLError("urlFor(\"\(name)\"): \(error)") }
        // Of several routes the request's method chooses.
        if isConstant, candidates.count == 1 { constants[name] = built }
        if let anchor { built.path += "#" + PercentCoding.encodeAnchor(anchor) }
        return built
    }

    private func simplePath(_ name: String, _ values: [(String, any URLValue)]) -> String? {
        simplePath(name, count: values.count) { name in
            values.first { $0.0 == name }?.1.urlText.map { .text($0) }
        }
    }

    /// The path of an endpoint when the values are the variables of its route and nothing else, as in most links; nil when
    /// it is not so simple, or impossible.
    /// - Parameters:
    ///   - name: the endpoint's, with its blueprint's.
    ///   - count: how many values there are.
    ///   - value: the value that has a name.
    func simplePath(_ name: String, count: Int, _ value: (String) -> PathValue?) -> String? {
        guard let route = simple[name], count == route.variableNames.count else { return nil }
        scratch.removeAll(keepingCapacity: true)
        guard (try? route.pattern.appendPath(to: &scratch, value)) != nil else { return nil }
        return String(decoding: scratch, as: UTF8.self)
    }

    private static func isSimple(_ route: Route, like other: Route) -> Bool {
        route.host == nil && route.options.staticFolder == nil && route.options.defaults.isEmpty
            && route.pattern.text == other.pattern.text
    }

    /// The address of a static file without further values; nil for others.
    private func fileAddress(_ candidates: [Route], _ values: [(String, any URLValue)]) -> BuiltAddress? {
        guard candidates.count == 1, candidates[0].options.staticFolder != nil, values.count == 1,
            values[0].0 == "filename", let filename = values[0].1.urlText
        else { return nil }
        return try? files.address(of: filename, in: candidates[0].endpoint) {
            try address(candidates[0], values)
        }
    }

    /// The address of one route; what is neither variable nor default of it goes to the query, in the order given.
    func address(_ route: Route, _ values: [(String, any URLValue)]) throws -> BuiltAddress {
        let text = { (name: String) in values.first { $0.0 == name }?.1.urlText }
        var built = BuiltAddress(path: try route.pattern.path(text), host: try route.host?.path(text))
        if let host = built.host, host.utf8.contains(UInt8(ascii: "%")) {
            throw URLError("\(host) is no host: a variable of it holds more than letters, digits, dots and dashes")
        }
        var others = values.isEmpty ? [] : values.filter { !route.arguments.contains($0.0) }
        if route.options.staticFolder != nil, let version = version(route, text("filename"), others) {
            others.append(("v", version))
        }
        guard !others.isEmpty else { return built }
        let query = Self.query(others)
        if !query.isEmpty { built.path += "?" + query }
        return built
    }

    /// The route that an address should have been written as: the endpoint's own for an alias, or the one whose
    /// defaults are these values. Nil when it is right as it is.
    func canonical(_ route: Route, _ values: [(String, any URLValue)], _ method: HTTPMethod) -> Route? {
        let twins = (routes[route.endpoint] ?? []).filter { $0 !== route && Self.suits($0, values, method) }
        if route.options.isAlias { return twins.first { !$0.options.isAlias } }
        let before = (routes[route.endpoint] ?? []).prefix { $0 !== route }
        return twins.first { twin in
            before.contains { $0 === twin } && Self.givesDefaults(twin, for: route)
        }
    }

    /// The version of a static file, unless the caller names one.
    private func version(_ route: Route, _ filename: String?, _ others: [(String, any URLValue)]) -> String? {
        guard versionsFiles, let folder = route.options.staticFolder, let filename,
            !others.contains(where: { $0.0 == "v" })
        else { return nil }
        return versions.version(of: filename, in: folder)
    }

    private static func rank(_ route: Route) -> [Int] {
        [route.options.isAlias ? 1 : 0, -route.arguments.count, -route.options.defaults.count]
    }

    private static func givesDefaults(_ one: Route, for other: Route) -> Bool {
        !one.options.isBuildOnly && !one.options.defaults.isEmpty && one !== other && one.arguments == other.arguments
    }

    /// Whether a route has all it needs, and no default that the values contradict.
    private static func suits(_ route: Route, _ values: [(String, any URLValue)], _ method: HTTPMethod?) -> Bool {
        if let method, !route.methods.contains(method), !(method == .head && route.methods.contains(.get)) {
            return false
        }
        return route.arguments.allSatisfy { name in
            let given = values.first { $0.0 == name }?.1.urlText
            guard let standard = route.defaultText(name) else { return given != nil }
            return given == nil || given == standard
        }
    }

    private func complaint(
        _ name: String, _ route: Route, _ values: [(String, any URLValue)], _ method: HTTPMethod?
    ) -> URLError {
        let given = values.map(\.0)
        let missing = route.variableNames.filter { !given.contains($0) }
        guard let first = missing.first else {
            return URLError(
                "urlFor(\"\(name)\"): no route of it takes these values\(method.map { " with \($0)" } ?? "")")
        }
        let near = NearestName.hint(first, among: given.filter { !route.arguments.contains($0) })
        return URLError("urlFor(\"\(name)\"): the variable \"\(first)\" is missing\(near)")
    }

    private static func query(_ values: [(String, any URLValue)]) -> String {
        var bytes: [UInt8] = []
        for (name, value) in values {
            for text in value.urlTexts {
                if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
                PercentCoding.appendQueryValue(name, to: &bytes)
                bytes.append(UInt8(ascii: "="))
                PercentCoding.appendQueryValue(text, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
