import Roost
import RoostHTTP
import Testing

@testable import Flasky

@Suite("The description of the API", .enabled(if: Blog.server != nil))
struct APIDescriptionTests {
    @Test("it is open to everybody and has every route with its answers")
    func routes() throws {
        try Blog.with { blog in
            let answer = blog.client.get("/api/v1/openapi.json")
            #expect(answer.status == 200 && answer.contentType == "application/json")
            let document = try answer.json()
            let paths = try #require(document["paths"]?.object)
            for route in blog.app.routes where route.blueprint == "api" {
                for name in route.methods.names where name != "HEAD" && name != "OPTIONS" {
                    let operation = paths[route.pattern.template()]?[name.lowercased()]
                    let answers = operation?["responses"]?.object?.keys ?? []
                    #expect(operation?["operationId"]?.string?.isEmpty == false, "\(name) \(route.pattern)")
                    #expect(["401", "403", "429"].allSatisfy(answers.contains), "\(name) \(route.pattern)")
                }
            }
            #expect(paths.keys.contains("/api/v1/posts/{id}/comments/"))
        }
    }

    @Test("errors have their bodies, a missing object a page too")
    func errors() throws {
        try Blog.with { blog in
            let document = try blog.client.get("/api/v1/openapi.json").json()
            let answers = document["paths"]?["/api/v1/posts/{id}"]?["put"]?["responses"]
            for status in ["400", "401", "403", "429"] {
                let schema = answers?[status]?["content"]?["application/json"]?["schema"]
                #expect(schema == ["$ref": "#/components/schemas/Problem"])
            }
            let body = document["paths"]?["/api/v1/posts/{id}"]?["put"]?["requestBody"]
            #expect(body?["required"] == true)
            #expect(body?["content"]?["application/json"]?["schema"]?["required"] == nil)
            #expect(answers?["404"]?["content"]?.object?.keys == ["application/json", "text/html"])
            #expect(document["components"]?["securitySchemes"]?["basic"] == ["type": "http", "scheme": "basic"])
        }
    }

    @Test("what is answered has exactly the members that are described")
    func members() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "x", by: john)
            let comment = try blog.add(comment: "x", by: john, to: post)
            let schemas = try blog.client.get("/api/v1/openapi.json").json()["components"]?["schemas"]
            for (path, name) in [
                ("/posts/\(post)", "Post"), ("/comments/\(comment)", "Comment"), ("/users/\(john.id)", "User"),
                ("/posts/", "PostPage"), ("/comments/", "CommentPage"),
            ] {
                let answer = try blog.api(as: john).get(path).json()
                let described = schemas?[name]?["properties"]?.object?.keys
                #expect(answer.object?.keys == described && described?.isEmpty == false, "\(path)")
            }
        }
    }
}
