/// A registered route, as `routes` lists it.
public final class Route {
    public let pattern: RoutePattern
    /// The host it answers for; nil for any.
    public let host: RoutePattern?
    public let methods: HTTPMethodSet
    /// With the names of its blueprints: `auth.login`.
    public let endpoint: String
    /// The names of its blueprints, `admin.users`; nil outside them.
    public let blueprint: String?
    public let site: CallSite
    public let options: RouteOptions
    /// What the description of the API says about its methods; empty for a route that is not described.
    public let operations: [HTTPMethod: APIOperation]
    let view: (Request) throws -> Response
    let marks: Set<String>
    /// The hooks that apply, the app's first, the innermost blueprint's last.
    let scopes: [HookSet]
    /// The same, flattened when the app is frozen.
    var hooks = FlatHooks()
    /// A shorter route of the same endpoint stands for the default values of this one.
    var hasShorterTwin = false

    init(
        pattern: RoutePattern, host: RoutePattern?, registration: RouteRegistration, endpoint: String,
        blueprint: String?, scopes: [HookSet]
    ) {
        self.pattern = pattern
        self.host = host
        self.endpoint = endpoint
        self.blueprint = blueprint
        self.scopes = scopes
        methods = registration.methods
        site = registration.site
        options = registration.options
        operations = registration.operations
        view = registration.view
        marks = registration.marks
        variableNames = (host?.variableNames ?? []) + pattern.variableNames
        arguments = Set(variableNames + registration.options.defaults.map(\.name))
    }

    /// The variables of host and path, in the order the view takes them.
    let variableNames: [String]
    var variableKinds: [PathKind] { (host?.variableKinds ?? []) + pattern.variableKinds }

    /// The names it has values for: variables and defaults.
    let arguments: Set<String>

    func defaultText(_ name: String) -> String? { options.defaults.first { $0.name == name }?.value.pathText }
}

/// What else may be said about a route.
///
/// ```swift
/// let first = RouteOptions(defaults: ["page": 1])
/// try app.get("/posts/", endpoint: "posts", options: first) { (request, page: Int) in … }
/// try app.get("/posts/page/<int:page>", endpoint: "posts") { (request, page: Int) in … }
/// ```
public struct RouteOptions {
    /// The host it answers for, with variables if need be: `<tenant>.example.org`. Nil for any.
    public var host: String?
    /// The same below the app's `serverName`: `api`, `<tenant>`. It excludes `host`.
    public var subdomain: String?
    /// Values of variables that the pattern does not have. The view takes them behind the pattern's own.
    ///
    /// An address whose variables all have these values redirects to this route, and `urlFor` makes this one.
    public let defaults: [(name: String, value: any PathVariable)]
    /// False leaves paths with doubled slashes unknown instead of redirecting them.
    public var mergeSlashes: Bool
    /// Another address of an endpoint: it redirects to the endpoint's own.
    public var isAlias: Bool
    /// Only for `urlFor`; no request is answered.
    public var isBuildOnly: Bool
    /// The folder whose files the route serves: addresses of them carry their version.
    var staticFolder: StaticFolder?

    public init(
        host: String? = nil, subdomain: String? = nil, defaults: KeyValuePairs<String, any PathVariable> = [:],
        mergeSlashes: Bool = true, isAlias: Bool = false, isBuildOnly: Bool = false
    ) {
        self.host = host
        self.subdomain = subdomain
        self.defaults = defaults.map { ($0.key, $0.value) }
        self.mergeSlashes = mergeSlashes
        self.isAlias = isAlias
        self.isBuildOnly = isBuildOnly
    }
}

/// A route as written, before app and blueprint prefixes are known.
public struct RouteRegistration {
    let pattern: String
    let methods: HTTPMethodSet
    let endpoint: String?
    let strictSlashes: Bool
    /// What the view takes; nil when it reads its variables by name.
    let kinds: [PathKind]?
    let site: CallSite
    var options = RouteOptions()
    var operations: [HTTPMethod: APIOperation] = [:]
    var view: (Request) throws -> Response
    /// What rooms above routing know the route by, such as an exemption.
    var marks: Set<String> = []
}

/// The endpoint of a route that names none: the words of its path, `/post/<int:id>/edit` is `post_edit`, `/` is `index`.
enum DefaultEndpoint {
    static func name(_ pattern: RoutePattern) -> String {
        let words = pattern.staticWords
        if words.isEmpty { return "index" }
        return String(
            decoding: words.joined(separator: "_").utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }
}
