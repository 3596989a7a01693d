internal import Roost
internal import RoostHTTP

extension RouteGuard {
    /// Stands before a view that changes something and that the book reaches by a plain link.
    ///
    /// POST passes. GET passes as in the book, unless another site led the browser here, which could make somebody
    /// follow or log out without wanting to (403), or the settings allow POST alone (405).
    static func legacyGet(_ blog: BlogSettings) -> RouteGuard {
        RouteGuard { request in
            if request.method == .post { return nil }
            guard blog.allowsLegacyGet else { throw HTTPError(405, headers: ["Allow": "POST"]) }
            // https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
            guard request.headers["Sec-Fetch-Site"] != "cross-site" else { throw HTTPError(403) }
            return nil
        }
    }
}
