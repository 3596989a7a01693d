import Roost
import Testing

/// Where Flask-Login 0.6.3 on Werkzeug 3.1.8 sends a stranger.
@Suite("The address to return to")
struct NextAddressTests {
    struct User: LoginUser { let loginID: String }

    /// Login view, what the stranger asked for, where the stranger is sent.
    struct Case: Sendable, CustomTestStringConvertible {
        let view: String
        let host: String
        let target: String
        let location: String
        var testDescription: String { "\(view) from \(host)\(target)" }

        init(_ view: String, _ host: String, _ target: String, _ location: String) {
            (self.view, self.host, self.target, self.location) = (view, host, target, location)
        }
    }

    static let cases = [
        Case("/login", "http://localhost", "/a%2Fb", "/login?next=%2Fa%2Fb"),
        Case("/login", "http://localhost", "/a%3Fb%23c", "/login?next=%2Fa%253Fb%2523c"),
        Case("/login", "http://localhost", "/a%25b", "/login?next=%2Fa%25b"),
        Case("/login", "http://localhost", "/a%2541", "/login?next=%2FaA"),
        Case("/login", "http://localhost", "/%E2%98%83%FF", "/login?next=%2F%E2%98%83%EF%BF%BD"),
        Case(
            "/login", "http://localhost", "/a%20b?x=%41%27%26%3D%2B%23%25",
            "/login?next=%2Fa%2520b%3Fx%3DA%27%2526%253D%252B%2523%2525"),
        Case(
            "/login", "http://localhost", "/s?x=%FF%C3%A9&y=\"<>",
            "/login?next=%2Fs%3Fx%3D%25FF%C3%A9%26y%3D%22%3C%3E"),
        Case("/login", "http://localhost", "/s?", "/login?next=%2Fs"),
        Case("/login", "http://localhost", "/s?a=b?c", "/login?next=%2Fs%3Fa%3Db%3Fc"),
        Case("/login", "http://localhost", "/s?a=%+f", "/login?next=%2Fs%3Fa%3D%25%2Bf"),
        Case("/login?next=old&a=1&b=&a=2", "http://localhost", "/s", "/login?next=%2Fs&a=1&a=2&b="),
        Case("/login?x=%20+y&z", "http://localhost", "/s", "/login?x=++y&z=&next=%2Fs"),
        Case(
            "https://id.example.org/login", "http://localhost", "/s?a=b",
            "https://id.example.org/login?next=http%3A%2F%2Flocalhost%2Fs%3Fa%3Db"),
        Case("http://localhost/login", "http://localhost", "/s?a=b", "http://localhost/login?next=%2Fs%3Fa%3Db"),
        Case(
            "https://localhost/login", "http://localhost:8080", "/s",
            "https://localhost/login?next=http%3A%2F%2Flocalhost%3A8080%2Fs"),
        Case(
            "http://localhost:8080/login#top", "http://localhost:8080", "/s",
            "http://localhost:8080/login?next=%2Fs#top"),
        Case("/login", "https://app.example.org", "/", "/login?next=%2F"),
        Case(
            "/login", "http://localhost", "/x;y=1,2/~u/(z)!*'@:$&+",
            "/login?next=%2Fx%3By%3D1%2C2%2F~u%2F%28z%29%21%2A%27%40%3A%24%26%2B"),
        Case(
            "/login", "http://localhost", "/%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60",
            "/login?next=%2F%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60"),
    ]

    @Test("is the one that Flask-Login writes", arguments: cases)
    func same(example: Case) throws {
        let app = App("test")
        app.logger.logLevel = .critical
        app.secrets = AppSecrets(key: "a long random text")
        try app.useLogin(view: example.view) { request, id in User(loginID: id) }
        let view = { (request: Request) in
            try request.requireLogin()
            return "in"
        }
        try app.get("/", endpoint: "index") { request in try view(request) }
        try app.get("/<path:rest>", endpoint: "any") { (request, rest: String) in try view(request) }
        let client = app.testClient()
        let parts = example.host.split(separator: "://")
        (client.scheme, client.host) = (String(parts[0]), String(parts[1]))
        #expect(client.get(example.target).headers["Location"] == example.location)
    }
}
