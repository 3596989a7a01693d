import Glibc
import Testing

@testable import Roost

@Suite("Routing as Werkzeug's Map")
struct WerkzeugRoutingTests {
    struct Rule: Decodable {
        let rule, endpoint: String, methods: [String]
        let strict_slashes, merge_slashes, alias, build_only: Bool?
        let defaults: [String: Int]?
        let host: String?
    }

    struct Sent: Decodable {
        let path, method: String, host: String?
        let endpoint, rule, redirect: String?
        let values: [String: String]?
        let allow: [String]?
        let missing: Bool?
    }

    struct Build: Decodable { let endpoint: String, values: JSONValueBox, url: String? }

    /// Values are texts or lists of texts.
    struct JSONValueBox: Decodable {
        let pairs: [(String, any URLValue)]
        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            var pairs: [(String, any URLValue)] = []
            while !list.isAtEnd {
                var pair = try list.nestedUnkeyedContainer()
                let name = try pair.decode(String.self)
                if let texts = try? pair.decode([String].self) {
                    pairs.append((name, texts))
                } else {
                    pairs.append((name, try pair.decode(String.self)))
                }
            }
            self.pairs = pairs
        }
    }

    struct Cases: Decodable { let rules: [Rule], requests: [Sent], builds: [Build] }

    private func load(_ name: String) throws -> Cases {
        let parts = #filePath.split(separator: "/").dropLast(3)
        let path = "/" + parts.joined(separator: "/") + "/Werkzeug/expected/\(name).json"
        var info = stat()
        try #require(stat(path, &info) == 0, "there is no \(path)")
        return try Cases(json: RequestBody.file(path: path, size: Int64(info.st_size)).bytes(limit: .max))
    }

    /// An app with the rules, whose views say which one they are and what they were given.
    private func app(_ cases: Cases) throws -> App {
        let app = App("test")
        for rule in cases.rules {
            let pattern = try RoutePattern(rule.rule)
            let host = try rule.host.map { try RoutePattern(host: $0) }
            let options = RouteOptions(
                host: rule.host, defaults: rule.defaults?["page"].map { ["page": $0] } ?? [:],
                mergeSlashes: rule.merge_slashes ?? true, isAlias: rule.alias ?? false,
                isBuildOnly: rule.build_only ?? false)
            try app.add(
                RouteRegistration(
                    pattern: rule.rule, methods: HTTPMethodSet(rule.methods.map { HTTPMethod($0) }),
                    endpoint: rule.endpoint, strictSlashes: rule.strict_slashes ?? true,
                    kinds: (host?.variableKinds ?? []) + pattern.variableKinds + options.defaults.map { _ in .integer },
                    site: CallSite(file: #fileID, line: #line), options: options
                ) { request in
                    var response = Response.text(rule.rule)
                    for (name, value) in request.variables {
                        var bytes: [UInt8] = []
                        PercentCoding.appendQuery(value, to: &bytes)
                        response.headers["V-" + name] = String(decoding: bytes, as: UTF8.self)
                    }
                    response.headers["X-Endpoint"] = rule.endpoint
                    return response
                })
        }
        return app
    }

    /// Werkzeug's values are Python's: 007 is 7, 0.10 is 0.1.
    private func same(_ sent: String?, _ value: String) -> Bool {
        guard let sent else { return false }
        let text = String(decoding: PercentCoding.decode(sent.utf8, plusIsSpace: true), as: UTF8.self)
        return text == value || text.lowercased() == value.lowercased()
            || Double(text) != nil && Double(text) == Double(value)
    }

    private func compare(_ test: Sent, _ response: TestResponse) {
        let what = Comment(
            "\(test.method) \(test.host ?? "")\(test.path): \(test) but \(response.status) \(response.location ?? "") \(response.text)"
        )
        if let endpoint = test.endpoint {
            #expect(response.status == 200 && response.headers["X-Endpoint"] == endpoint, what)
            for (name, value) in test.values ?? [:] { #expect(same(response.headers["V-" + name], value), what) }
        } else if let redirect = test.redirect {
            #expect(response.status == 308 && response.location == redirect, what)
        } else if let allow = test.allow {
            let allowed = response.headers["Allow"]?.split(separator: ",").map { $0.drop { $0 == " " } }.filter {
                $0 != "OPTIONS"
            }
            #expect(response.status == 405 && allowed?.map(String.init) == allow, what)
        } else {
            #expect(response.status == 404, what)
        }
    }

    @Test("230 rules answer 4,000 requests with the same route, redirect or refusal")
    func requests() throws {
        let cases = try load("routing")
        let client = try app(cases).testClient()
        #expect(cases.rules.count >= 200)
        for test in cases.requests { compare(test, client.send(HTTPMethod(test.method), test.path)) }
    }

    @Test("rules of hosts, plain and with variables")
    func hosts() throws {
        let cases = try load("hosts")
        let client = try app(cases).testClient()
        for test in cases.requests {
            client.host = test.host ?? ""
            compare(test, client.get(test.path))
        }
    }

    @Test("addresses are built the same, or refused by both")
    func builds() throws {
        let cases = try load("routing")
        let app = try app(cases)
        for test in cases.builds {
            let url = try? app.urlFor(test.endpoint, values: test.values.pairs, external: false, anchor: nil)
            #expect(url == test.url, "\(test.endpoint) \(test.values.pairs)")
        }
    }
}
