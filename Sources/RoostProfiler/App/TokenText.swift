internal import Roost
internal import RoostHTTP

/// Finds the profile token of a request without reading the cookies of those that have none.
enum TokenText {
    static func of(_ request: Request) -> String? {
        let variables = request.http.variables
        if let text = variables["HTTP_X_ROOST_PROFILE"] { return text }
        guard variables.withBytes(of: "HTTP_COOKIE", mentionsCookie) == true else { return nil }
        return request.cookies[ProfileToken.cookie]
    }

    private static let name = Array(ProfileToken.cookie.utf8)

    private static func mentionsCookie(_ header: UnsafeBufferPointer<UInt8>) -> Bool {
        guard header.count > name.count else { return false }
        for start in 0..<(header.count - name.count) where header[start] == name[0] {
            if name.indices.allSatisfy({ header[start + $0] == name[$0] }) { return true }
        }
        return false
    }
}
