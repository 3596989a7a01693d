internal import Roost
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

extension Flasky {
    /// `/api/v1`: posts as JSON.
    static func makeAPIBlueprint(_ blog: BlogSettings) throws -> Blueprint {
        let api = Blueprint("api")
        let perPage = blog.postsPerPage

        try api.get("/posts/", endpoint: "get_posts") { (request: Request) in
            try listPosts(request, PageRequest(request.query["page"], perPage: perPage))
        }
        try api.get("/posts/<int:id>", endpoint: "get_post") { (request: Request, id: Int) -> JSON in
            guard let post = try Post.find(id, in: request.database) else { try abort(404) }
            let body = try PostJSON(post, request)
            return JSON { body.append(to: &$0) }
        }
        return api
    }

    private static func listPosts(_ request: Request, _ page: PageRequest) throws -> JSON {
        let posts = try Post.byID(page, in: request.database)
        let base = try request.urlFor("api.get_posts")
        let bodies = try posts.items.map { try PostJSON($0, request) }
        return JSON { json in
            json.beginObject()
            json.field("count", posts.total)
            json.field("next", posts.nextPage.map { "\(base)?page=\($0)" })
            json.key("posts")
            json.beginArray()
            for body in bodies { body.append(to: &json) }
            json.endArray()
            json.field("prev", posts.previousPage.map { "\(base)?page=\($0)" })
            json.endObject()
        }
    }
}
