extension Request {
    /// Whether an address that came from outside may be redirected to: a path of this app, or an address of this host.
    ///
    /// Everything that some browser takes for another host is refused: `//host`, `/\host`, tabs and line feeds between.
    public func isSafeRedirect(_ target: String) -> Bool {
        let (bytes, backslash) = (Array(target.utf8), UInt8(ascii: "\\"))
        guard !bytes.isEmpty, bytes.count <= 4096, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
        if bytes[0] == UInt8(ascii: "/") {
            return bytes.count == 1 || bytes[1] != UInt8(ascii: "/") && bytes[1] != backslash
        }
        guard !bytes.contains(where: { $0 == 0x20 || $0 == backslash }) else { return false }
        let parts = AddressParts(target)
        // Both are asked for: without a host, browsers read https:/host and https:host as addresses elsewhere.
        return parts.scheme == scheme && !parts.host.isEmpty && parts.host.lowercased() == host.lowercased()
    }

    /// The address to go on to after a login: `next` from the query, the form or the session, when it is safe; with what
    /// addresses cannot hold encoded.
    /// - Parameter standard: for when there is none, or an unsafe one
    public func nextAddress(or standard: String) -> String {
        // A form that cannot be read fails where the view reads it.
        let sent = query["next"] ?? (try? form["next"]) ?? keptNext
        guard let sent, isSafeRedirect(sent) else { return standard }
        return PercentCoding.encodeAddress(sent)
    }

    /// What the login flow kept in the session, when it is set to.
    private var keptNext: String? {
        guard app.login?.settings.keepsNextInSession == true else { return nil }
        return session.pop(LoginKey.next)?.string
    }
}
