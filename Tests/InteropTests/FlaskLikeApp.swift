import Roost
import Testing

/// The application that made the vectors, in Roost: one view that does what the vector says.
final class FlaskLikeApp {
    final class Results { var list: [SessionValue] = [] }

    struct User: LoginUser { let loginID: String }

    let results = Results()
    private let app: App
    private let vector: Vector

    init(_ vector: Vector) throws {
        self.vector = vector
        app = App("vectors", settings: try Self.settings(vector))
        app.logger.logLevel = .critical
        let now = try vector.now
        app.unixTime = { now }
        if let login = vector.input["login_manager"], !login.isNull { try useLogin(login) }
        if vector.input["csrf_protect"]?.bool == true { try app.useCSRF() }
        try app.get("/auth/login", endpoint: "auth_login") { request in "log in" }
        let actions = try need(vector.input["view_actions"]?.array)
        let run = { [results] (request: Request) throws -> String in
            for action in actions { try Self.run(action, request, results) }
            return "done"
        }
        try app.route("/", methods: [.get, .post], endpoint: "index") { request in try run(request) }
        try app.route("/<path:rest>", methods: [.get, .post], endpoint: "any") { (request, rest: String) in
            try run(request)
        }
    }

    func send() throws -> TestResponse {
        let request = try need(vector.input["request"])
        let client = app.testClient()
        let base = try need(request["base_url"]?.string).split(separator: "://")
        (client.scheme, client.host) = (String(base[0]), String(base[1]))
        client.remoteAddress = try need(request["remote_addr"]?.string)
        for (name, value) in try need(request["headers"]?.object) { client.headers[name] = value.string }
        let method = HTTPMethod(try need(request["method"]?.string))
        let path = try need(request["path"]?.string)
        guard let form = request["form"]?.object else { return client.send(method, path) }
        var body: [UInt8] = []
        for (name, value) in form {
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &body)
            body.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(try need(value.string), to: &body)
        }
        return client.send(method, path, body: body, type: "application/x-www-form-urlencoded")
    }

    /// The session in a cookie's value.
    func decode(_ cookie: String) throws -> SessionObject {
        let codec = SessionCodec(key: SecretKey(try vector.text("secret_key")))
        return try codec.decode(cookie, lifetime: 0, now: try vector.now)
    }

    // MARK: Configuration

    /// Flask's configuration in our names.
    private static func settings(_ vector: Vector) throws -> Settings {
        var values = ["secret_key": Settings.Value([try vector.text("secret_key")], from: .code)]
        for (name, value) in vector.input["config"]?.object ?? SessionObject() {
            let setting = try need(FlaskSettings.setting(for: name), "\(vector.id): \(name)")
            values[setting.key] = Settings.Value(try texts(value, setting), from: .code)
        }
        if let mode = vector.input["login_manager"]?["session_protection"]?.string {
            values["login.session_protection"] = Settings.Value([mode], from: .code)
        }
        return try Settings(known: FlaskSettings.all, values: values)
    }

    private static func texts(_ value: SessionValue, _ setting: Setting) throws -> [String] {
        switch value {
        case .bool(let flag): [flag ? "true" : "false"]
        case .integer(let number): [setting.kind == .duration ? "\(number)s" : "\(number)"]
        case .array(let items): items.compactMap(\.string)
        default: [try need(value.string)]
        }
    }

    private func useLogin(_ login: SessionValue) throws {
        let manager = try app.useLogin(view: login["login_view"]?.string ?? "auth_login") { request, id in
            ["1", "42"].contains(id) ? User(loginID: id) : nil
        }
        if let category = login["login_message_category"]?.string { manager.settings.messageCategory = category }
    }

    // MARK: Actions

    private static func run(_ action: SessionValue, _ request: Request, _ results: Results) throws {
        let word = try need(action[0]?.string)
        let key = action[1]?.string ?? ""
        switch word {
        case "get": results.list.append(request.session[key] ?? .null)
        case "set": request.session[key] = action[2]
        case "pop": request.session.pop(key)
        case "clear": request.session.clear()
        case "permanent": request.session.isPermanent = try need(action[1]?.bool)
        case "append_in_place":
            // Python changes the list where it lies; here a copy changes, which is seen as little.
            var list = try need(request.session[key]?.array)
            list.append(try need(action[2]))
            #expect(request.session[key]?.array != list)
        case "flash": request.flash(key, category: action[2]?.string ?? "message")
        case "get_flashed": results.list.append(flashes(request, withCategories: action[1]?.bool ?? false))
        case "login":
            let user = User(loginID: String(try need(action[1]?.int)))
            results.list.append(.bool(request.logIn(user, remember: try need(action[2]?.bool))))
        case "logout": request.logOut()
        case "confirm_login": request.confirmLogin()
        case "whoami":
            let user = try request.currentUser
            results.list.append(
                ["fresh": .bool(request.isLoginFresh), "id": user.map { .text($0.loginID) } ?? .null])
        case "require_login": try request.requireLogin()
        case "require_fresh": try request.requireFreshLogin()
        default: Issue.record("the action \(word) is not known")
        }
    }

    private static func flashes(_ request: Request, withCategories: Bool) -> SessionValue {
        .array(
            request.flashedMessages().map { message in
                withCategories ? .array([.text(message.category), .text(message.text)]) : .text(message.text)
            })
    }
}
