import RoostHTTP
import Testing

@Suite("The table of routes")
struct RoutingTableTests {
    private func table(_ patterns: [String]) throws -> RouteTable {
        var table = RouteTable()
        for pattern in patterns { _ = try table.add(RoutePattern(pattern), methods: [.get]) }
        return table
    }

    private func match(_ table: RouteTable, _ path: String, _ method: HTTPMethod = .get) -> RouteResult {
        Array(path.utf8).withUnsafeBufferPointer { table.match($0, method: method) }
    }

    private func route(_ table: RouteTable, _ path: String) -> Int? {
        if case .match(let route, _) = match(table, path) { route } else { nil }
    }

    static let patterns = [
        "/", "/<name>", "/about", "/<int:n>", "/<path:rest>", "/a/<x>-<int:y>.html", "/a/<x>", "/f/<float:f>",
        "/u/<uuid:u>", "/l/<any(de,en):lang>", "/s/<string(length=2):code>", "/files/<path:p>/edit",
        "/i/<int(min=5,max=9):n>", "/d/<int(fixed_digits=3):n>", "/neg/<int(signed=True):n>",
    ]

    @Test(
        "Werkzeug's priorities decide",
        arguments: [
            ("/", 0), ("/hello", 1), ("/about", 2), ("/42", 3), ("/x/y/z", 4), ("/a/b-7.html", 5), ("/a/b-c-7.html", 5),
            ("/a/b-x.html", 6), ("/f/1.5", 7), ("/f/1", 4), ("/u/7c9e6679-7425-40de-944b-e07fc1f90ae7", 8), ("/u/x", 4),
            ("/l/de", 9), ("/l/fr", 4), ("/s/de", 10), ("/s/ä1", 10), ("/s/abc", 4), ("/files/a/b/edit", 11),
            ("/files/a/b", 4), ("/i/5", 12), ("/i/10", 4), ("/d/007", 13), ("/d/7", 4), ("/neg/-3", 14), ("/-3", 1),
            ("/99999999999999999999", 1), ("/about/us", 4),
        ])
    func priorities(path: String, expected: Int) throws {
        #expect(route(try table(Self.patterns), path) == expected)
    }

    @Test("a slash at the end redirects to the pattern's form, and doubled slashes to single ones, never to a host")
    func slashes() throws {
        let table = try table(["/posts/", "/about", "/user/<name>"])
        func target(_ path: String) -> String? {
            if case .redirect(let target) = match(table, path) { target } else { nil }
        }
        #expect(target("/posts") == "/posts/")
        #expect(target("//posts") == "/posts/")
        #expect(target("//about") == "/about")
        #expect(target("/user//a b") == "/user/a%20b")
        #expect(route(table, "/about/") == nil)
        #expect(route(table, "/posts/") == 0)
        #expect(target("//example.org") == nil)
    }

    @Test("a known path with another method lists what it allows")
    func methods() throws {
        var table = RouteTable()
        _ = try table.add(RoutePattern("/x"), methods: [.get])
        _ = try table.add(RoutePattern("/x"), methods: [.post, "PROPFIND"])
        guard case .methodNotAllowed(let allowed) = match(table, "/x", .delete) else {
            Issue.record("DELETE was not refused")
            return
        }
        #expect(allowed.names == ["GET", "HEAD", "POST", "PROPFIND"])
        if case .match(let route, _) = match(table, "/x", "PROPFIND") { #expect(route == 1) }
        #expect(try table.add(RoutePattern("/x"), methods: [.head]) == .shadowed(by: 0))
    }

    @Test(
        "a malformed pattern is refused",
        arguments: [
            "about", "/<", "/<a", "/a>", "/<>", "/<int:>", "/<imt:a>", "/<int(mim=3):a>", "/<int(min=x):a>", "/<a>/<a>",
            "/<9a>", "/<a b>",
        ])
    func malformed(pattern: String) {
        #expect(throws: PatternError.self) { try RoutePattern(pattern) }
    }

    @Test("patterns build the paths they match")
    func build() throws {
        func path(_ pattern: String, _ values: [String: String]) throws -> String {
            try RoutePattern(pattern).path { values[$0] }
        }
        #expect(try path("/user/<name>", ["name": "jörg/ü"]) == "/user/j%C3%B6rg%2F%C3%BC")
        #expect(try path("/f/<path:p>/x", ["p": "a/b c"]) == "/f/a/b%20c/x")
        #expect(try path("/d/<int(fixed_digits=3):n>", ["n": "7"]) == "/d/007")
        #expect(try path("/f/<float:x>", ["x": "2"]) == "/f/2.0")
        #expect(throws: PatternError.self) { try path("/l/<any(de,en):l>", ["l": "fr"]) }
    }

    @Test("a thousand routes are told apart, and hostile paths end quickly")
    func many() throws {
        let table = try table((0..<1000).map { "/section\($0)/<name>" } + ["/x/<a>-<b>-<c>-<int:d>"])
        #expect(route(table, "/section777/a") == 777)
        #expect(route(table, "/x/" + String(repeating: "-", count: 8000)) == nil)
        #expect(route(table, "/x/" + String(repeating: "-", count: 120)) == nil)
        #expect(route(table, String(repeating: "/", count: 8000)) == nil)
    }
}
