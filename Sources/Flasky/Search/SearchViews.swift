internal import Roost

/// Finds posts, people and comments.
struct SearchViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        try main.get("/search", endpoint: "search") { (request: Request) in try unbuilt() }
    }
}
