import Roost
import Testing

extension TestResponse {
    /// The page's form that goes to an address: the bar at the top has forms of its own.
    /// - Parameter action: with or without its query; empty: the page itself
    func form(to action: String) throws -> PageForm {
        try #require(
            forms.first { $0.action == action || (!action.isEmpty && $0.action.hasPrefix(action + "?")) },
            "the page has no form to \"\(action)\", but to \(forms.map(\.action))")
    }
}

extension TestClient {
    /// Opens a page, fills in its form that goes to an address, and sends it as a browser would, the token included.
    /// - Parameter action: empty: the page itself
    func fill(_ page: String, to action: String = "", _ fill: (inout PageForm) throws -> Void) throws -> TestResponse {
        var form = try get(page).form(to: action)
        try fill(&form)
        return try submit(form, from: page)
    }

    /// Opens a page and presses the button of its form that goes to an address.
    func press(_ action: String, on page: String) throws -> TestResponse { try fill(page, to: action) { _ in } }
}
