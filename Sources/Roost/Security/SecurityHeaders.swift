internal import RoostSigning

/// Headers that tell browsers to be careful. Those that a view has set itself stay.
///
///     var headers = SecurityHeaders()
///     headers.contentSecurityPolicy = ["default-src": "'self'", "script-src": "'self' 'nonce'"]
///     try app.useSecurityHeaders(headers)      // <script nonce="{{ csp_nonce() }}">
public struct SecurityHeaders: Sendable {
    /// Directives of Content-Security-Policy by name. The word `'nonce'` becomes the request's nonce, and is left out of
    /// responses whose page asked for none. Empty: no such header.
    public var contentSecurityPolicy: [String: String] = [
        "default-src": "'self'", "object-src": "'none'", "base-uri": "'self'", "frame-ancestors": "'self'",
        "form-action": "'self'", "script-src": "'self' 'nonce'", "style-src": "'self' 'nonce'",
    ]
    /// Whether violations are only reported.
    public var reportsOnly = false
    /// How long browsers keep to HTTPS, in seconds; sent over HTTPS only. Nil: no such header.
    public var strictTransportSeconds: Int?
    public var strictTransportCoversSubdomains = false
    /// Further headers, `X-Content-Type-Options: nosniff` among them.
    public var others: [String: String] = [
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin",
    ]

    public init() {}

    /// The value of the policy's header; nil without directives.
    func policy(nonce: String?) -> String? {
        guard !contentSecurityPolicy.isEmpty else { return nil }
        return contentSecurityPolicy.sorted { $0.key < $1.key }.map { name, sources in
            let words = sources.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            let allowed = words.compactMap { $0 == "'nonce'" ? nonce.map { "'nonce-\($0)'" } : $0 }
            return ([name] + allowed).joined(separator: " ")
        }.joined(separator: "; ")
    }
}

private enum NonceKey: StorageKey { typealias Value = String }

extension App {
    /// Adds security headers to every response that lacks them.
    /// - Throws: `SetupError` once serving has begun.
    public func useSecurityHeaders(
        _ headers: SecurityHeaders = SecurityHeaders(), file: StaticString = #fileID, line: Int = #line
    ) throws {
        let policyName = "Content-Security-Policy" + (headers.reportsOnly ? "-Report-Only" : "")
        // The same for most responses.
        let plain = headers.policy(nonce: nil)
        let others = headers.others.sorted { $0.key < $1.key }
        try afterRequest(file: file, line: line) { request, response in
            func add(_ name: String, _ value: String) {
                if !response.headers.contains(name) { response.headers[name] = value }
            }
            if let policy = request.storage[NonceKey.self].map({ headers.policy(nonce: $0) }) ?? plain {
                add(policyName, policy)
            }
            for (name, value) in others { add(name, value) }
            if request.scheme == "https", let value = headers.strictTransport { add("Strict-Transport-Security", value) }
        }
    }
}

extension SecurityHeaders {
    fileprivate var strictTransport: String? {
        strictTransportSeconds.map {
            "max-age=\($0)" + (strictTransportCoversSubdomains ? "; includeSubDomains" : "")
        }
    }
}

extension Request {
    /// The nonce of this response's Content-Security-Policy, made when it is first asked for: 128 random bits.
    public var cspNonce: String {
        if let nonce = storage[NonceKey.self] { return nonce }
        let nonce = SecureRandom.text(bytes: 16)
        storage[NonceKey.self] = nonce
        return nonce
    }
}
