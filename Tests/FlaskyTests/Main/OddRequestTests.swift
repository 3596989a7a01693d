import Roost
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Odd requests", .enabled(if: Blog.server != nil))
struct OddRequestTests {
    /// Texts that have broken programs before, as they go over the wire.
    private static let oddities = [
        "", "%00", "%FF", "-1", "%D9%A3", "4294967297", "-9223372036854775808", "99999999999999999999999999",
        "%27%3B%20DROP%20TABLE%20users%3B--", "%3Cscript%3E", "%F0%9F%92%A9", "a%0D%0ASet-Cookie%3A%20x%3D1",
    ]

    @Test("no address makes a page fail")
    func addresses() throws {
        try Blog.with { blog in
            let ada = try blog.add("ada", role: "Administrator")
            try blog.add(comment: "text", by: ada, to: try blog.add(post: "text", by: ada))
            let lists = ["/", "/user/ada", "/post/1", "/followers/ada", "/followed_by/ada", "/moderate"].map {
                $0 + "?page="
            }
            let open = ["/user/", "/post/", "/followers/", "/followed_by/"]
            let guarded = [
                "/edit/", "/edit-profile/", "/follow/", "/unfollow/", "/moderate/enable/", "/moderate/disable/",
            ]
            for (client, starts) in [(blog.client, open), (try blog.client(of: ada), lists + open + guarded)] {
                for path in starts.flatMap({ start in Self.oddities.map { start + $0 } }) {
                    let response = client.get(path)
                    #expect(response.status.code < 500, "\(path): \(String(describing: response.error))")
                }
            }
        }
    }

    @Test("no form makes a page fail, and what is shown again is escaped")
    func forms() throws {
        try Blog.with { blog in
            let ada = try blog.add("ada", role: "Administrator")
            let post = try blog.add(post: "text", by: ada)
            let client = try blog.client(of: ada)
            client.cookies["show_followed"] = "\u{1}\""
            let forms = ["/", "/post/\(post)", "/edit/\(post)", "/edit-profile", "/edit-profile/\(ada.id)", "/preview"]
            for path in forms {
                for odd in Self.oddities {
                    let fields = ["body", "name", "location", "about_me", "email", "username", "role", "confirmed"]
                    let body = fields.map { "\($0)=%3Cscript%3E\(odd)" }.joined(separator: "&")
                    let response = client.send(
                        .post, path, body: Array(body.utf8), type: "application/x-www-form-urlencoded")
                    #expect(response.status.code < 500, "\(path) \(odd): \(String(describing: response.error))")
                    #expect(!response.text.contains("<script>"), "\(path) \(odd)")
                }
                for (type, body) in [
                    ("application/json", "{\"body\": 1, \"name\": [null]}"), ("multipart/form-data", "x"), ("", ""),
                ] {
                    let response = client.send(.post, path, body: Array(body.utf8), type: type)
                    #expect(response.status.code < 500, "\(path) \(type): \(String(describing: response.error))")
                }
            }
            for path in ["/", "/user/ada", "/post/\(post)", "/moderate"] {
                let page = client.get(path)
                #expect(page.status == 200 && !page.text.contains("<script>"), "\(path)")
            }
        }
    }
}
