import RoostMarkup

/// Why an address could not be made.
public struct URLError: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// What `urlFor` takes as a value. Nil leaves the value out.
public protocol URLValue {
    var urlText: String? { get }
}

extension String: URLValue { public var urlText: String? { self } }
extension Int: URLValue { public var urlText: String? { description } }
extension Double: URLValue { public var urlText: String? { description } }
extension Bool: URLValue { public var urlText: String? { self ? "true" : "false" } }
extension Optional: URLValue where Wrapped: URLValue { public var urlText: String? { self?.urlText } }

/// The way back from endpoints to addresses.
final class URLMap {
    private var routes: [String: [Route]] = [:]

    var endpoints: [String] { routes.keys.sorted() }

    /// Refuses an endpoint that another pattern has: GET and POST of one address may share it.
    func check(_ route: Route) throws {
        guard let other = routes[route.endpoint]?.first, other.pattern.text != route.pattern.text else { return }
        throw SetupError(
            "the endpoint \"\(route.endpoint)\" is taken by \(other.pattern.text) at \(other.site). "
                + "Give one of them another name with endpoint:", at: route.site)
    }

    func add(_ route: Route) { routes[route.endpoint, default: []].append(route) }

    /// Path variables fill the pattern, all other values the query, in the order given.
    func path(
        _ endpoint: String, _ values: [(String, any URLValue)], blueprint: String?, anchor: String?
    ) throws -> String {
        let name =
            endpoint.utf8.first == UInt8(ascii: ".")
            ? blueprint.map { $0 + endpoint } ?? String(endpoint.dropFirst()) : endpoint
        guard let route = routes[name]?.first else {
            throw URLError("there is no endpoint \"\(name)\"" + NearestName.hint(name, among: routes.keys))
        }
        let variables = route.pattern.variableNames
        var path: String
        do {
            path = try route.pattern.path { name in values.first { $0.0 == name }?.1.urlText }
        } catch { throw URLError("urlFor(\"\(name)\"): \(error)") }
        let query = Self.query(values.filter { !variables.contains($0.0) })
        if !query.isEmpty { path += "?" + query }
        if let anchor { path += "#" + PercentCoding.encodePath(anchor.utf8) }
        return path
    }

    private static func query(_ values: [(String, any URLValue)]) -> String {
        var bytes: [UInt8] = []
        for (name, value) in values {
            guard let text = value.urlText else { continue }
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(text, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
