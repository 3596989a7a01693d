/// A registered route, as `routes` lists it.
public final class Route {
    public let pattern: RoutePattern
    public let methods: HTTPMethodSet
    /// With the names of its blueprints: `auth.login`.
    public let endpoint: String
    /// The names of its blueprints, `admin.users`; nil outside them.
    public let blueprint: String?
    public let site: CallSite
    let view: (Request) throws -> Response
    let marks: Set<String>
    /// The hooks that apply, the app's first, the innermost blueprint's last.
    let scopes: [HookSet]
    /// The same, flattened when the app is frozen.
    var hooks = FlatHooks()

    init(
        pattern: RoutePattern, registration: RouteRegistration, endpoint: String, blueprint: String?,
        scopes: [HookSet]
    ) {
        self.pattern = pattern
        self.endpoint = endpoint
        self.blueprint = blueprint
        self.scopes = scopes
        methods = registration.methods
        site = registration.site
        view = registration.view
        marks = registration.marks
    }
}

/// A route as written, before app and blueprint prefixes are known.
public struct RouteRegistration {
    let pattern: String
    let methods: HTTPMethodSet
    let endpoint: String?
    let strictSlashes: Bool
    let kinds: [PathKind]
    let site: CallSite
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
