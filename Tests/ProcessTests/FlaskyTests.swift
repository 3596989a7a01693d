import Foundation
import Testing

extension RealPrograms {
    @Suite("Flasky")
    struct FlaskyTests {
        /// One deployment for the whole story: filling a blog takes longer than looking at it.
        @Test("serves its pages, its JSON and its errors")
        func pages() throws {
            try withBlog { blog, url in
                try checkHome(blog.client)
                try checkPages(blog.client)
                try checkAPI(blog.client, url)
                try checkMethods(blog.client)
                try checkHeaders(blog)
            }
        }

        private func checkHome(_ client: HTTPClient) throws {
            let home = try client.get("/")
            #expect(home.status == 200)
            #expect(home["Content-Type"] == "text/html; charset=utf-8")
            #expect(home.text.components(separatedBy: "<li class=\"post\"").count - 1 == 20)
            #expect(home.text.contains("?page=2"))
            let second = try client.get("/?page=2")
            #expect(second.status == 200)
            #expect(second.text != home.text)
            for page in ["abc", "0", "-1", "99999999999999999999999", "9223372036854775807", "", "%00", "1e9"] {
                let status = try client.get("/?page=\(page)").status
                #expect(status < 500, "page=\(page)")
            }
            let style = try #require(home.text.firstMatch(of: /href="(\/static\/[^"]+\.css)[^"]*"/)?.1)
            let sheet = try client.get(String(style))
            #expect(sheet.status == 200)
            #expect(sheet["Content-Type"]?.hasPrefix("text/css") == true)
        }

        /// Headers of security once each, whoever answers; files are kept; secrets of links stay out of nginx's log.
        private func checkHeaders(_ blog: Deployment) throws {
            for path in ["/", "/static/styles.css", "/nothing", "/api/v1/posts/"] {
                let answer = try blog.client.get(path)
                for name in ["X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Content-Security-Policy"] {
                    #expect(answer.headers.filter { $0.0.lowercased() == name.lowercased() }.count == 1, "\(path) \(name)")
                }
            }
            #expect(try blog.client.get("/static/styles.css")["Cache-Control"] == "public, max-age=43200")
            #expect(try blog.client.get("/static/styles.css?v=1")["Cache-Control"]?.contains("immutable") == true)
            let moved = try blog.client.get("/edit-profile")
            #expect(moved["Location"] == "http://localhost/auth/login?next=%2Fedit-profile")
            _ = try blog.client.get("/auth/reset/very.secret.token", ["Referer": "http://127.0.0.1/auth/reset/other.secret"])
            try wait(until: "nginx has written its log") {
                Files.text(blog.log("nginx-access")).contains("/auth/reset/[hidden]")
            }
            let log = Files.text(blog.log("nginx-access"))
            #expect(!log.contains("secret"))
            #expect(log.contains("\"uri\":\"/auth/reset/[hidden]\"") && log.contains("http://127.0.0.1/auth/reset/[hidden]"))
        }

        private func checkPages(_ client: HTTPClient) throws {
            for path in ["/post/999999", "/user/nobody", "/nothing", "/post/99999999999999999999999"] {
                let answer = try client.get(path)
                #expect(answer.status == 404, "\(path)")
                #expect(answer["Content-Type"] == "text/html; charset=utf-8", "\(path)")
                #expect(answer.text.contains("</html>"), "\(path)")
            }
            let json = try client.get("/nothing", ["Accept": "application/json"])
            #expect(json.status == 404)
            #expect(json["Content-Type"]?.hasPrefix("application/json") == true)
            #expect(throws: Never.self) { try LogLine(json.text) }
        }

        private func checkAPI(_ client: HTTPClient, _ url: String) throws {
            let id = try psql(url, "SELECT max(id) FROM posts")
            #expect(try client.get("/post/\(id)").status == 200)
            let name = try psql(url, "SELECT username FROM users ORDER BY id LIMIT 1")
            #expect(try client.get("/user/\(name)").status == 200)
            #expect(try client.get("/api/v1/posts/").status == 401)
            let account = try psql(url, "SELECT email FROM users ORDER BY id LIMIT 1") + ":password"
            let password = ["Authorization": "Basic " + Data(account.utf8).base64EncodedString()]
            let answer = try client.send("POST", "/api/v1/tokens/", password, body: [])
            let token = try #require(try LogLine(answer.text).text("token"), "\(answer.text)")
            let caller = ["Authorization": "Basic " + Data("\(token):".utf8).base64EncodedString()]
            let list = try LogLine(try client.get("/api/v1/posts/", caller).text)
            #expect(list.objects("posts").count == 20)
            #expect(list.int("count") == 60)
            let one = try client.get("/api/v1/posts/\(id)", caller)
            #expect(one.status == 200)
            #expect(try LogLine(one.text).text("body") == psql(url, "SELECT body FROM posts WHERE id = \(id)"))
            let none = try client.get(
                "/api/v1/posts/999999", caller.merging(["Accept": "application/json"]) { $1 })
            #expect(none.status == 404)
            #expect(try LogLine(none.text).text("error") == "not found")
        }

        private func checkMethods(_ client: HTTPClient) throws {
            let head = try client.send("HEAD", "/")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            let post = try client.send("POST", "/search", body: [])
            #expect(post.status == 405)
            #expect(post["Allow"]?.contains("GET") == true)
        }

        @Test("check proves what there is, and says what the search lacks")
        func check() throws {
            try withDatabase { url in
                try flasky(["deploy"], url)
                let check = ["check", "--set", "http.trusted_hosts=localhost"]
                #expect(try !flasky(check, url).contains("remark"))
                _ = try psql(url, "DROP INDEX ix_posts_search_english")
                let output = try flasky(check, url)
                #expect(output.contains("migrations  ok"))
                #expect(output.contains("remark      --  the index ix_posts_search_english is missing"), "\(output)")
            }
        }

        private func withBlog(_ body: (Deployment, String) throws -> Void) throws {
            try withDatabase { url in
                try flasky(["db", "upgrade"], url)
                try flasky(["roles"], url)
                try flasky(["fake", "--users", "30", "--posts", "60", "--comments", "50", "--follows", "40"], url)
                try withDeployment(.flasky, ["database.url=\(url)"]) { try body($0, url) }
            }
        }
    }

    @Suite("The db commands")
    struct DatabaseCommandTests {
        @Test("migrate up, tell the state, and undo")
        func upAndDown() throws {
            try withDatabase { url in
                #expect(try run(["db", "status"], url).status == 1, "pending migrations")
                try flasky(["db", "upgrade"], url)
                #expect(try flasky(["db", "upgrade"], url) == "nothing to do\n")
                let current = try flasky(["db", "current"], url)
                let status = try run(["db", "status"], url)
                #expect(status.status == 0)
                #expect(status.output.hasSuffix("nothing pending\n"))
                #expect(try flasky(["db", "downgrade", "-n", "1"], url).contains("undid"))
                #expect(try flasky(["db", "current"], url) != current)
                #expect(try run(["db", "status"], url).output.hasSuffix("1 pending\n"))
            }
        }

        @Test("show file, line and column of a broken migration, and leave nothing of it")
        func broken() throws {
            try withDatabase { url in
                let folder = "/tmp/roost-p-\(UUID().uuidString.prefix(6).lowercased())"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(atPath: folder) }
                let text = """
                    -- migrate:up
                    CREATE TABLE first_one (id bigint PRIMARY KEY);
                    CREATE TABLE second_one (
                        id bigint PRIMARY KEY,
                        name txet
                    );

                    -- migrate:down
                    DROP TABLE second_one;
                    DROP TABLE first_one;

                    """
                try text.write(toFile: "\(folder)/0001_break.sql", atomically: false, encoding: .utf8)
                let answer = try run(["db", "upgrade", "--set", "database.migrations=\(folder)"], url)
                #expect(answer.status == 1)
                #expect(answer.errors.contains("0001_break.sql:5:10"), "\(answer.errors)")
                #expect(try psql(url, "SELECT to_regclass('first_one') IS NULL") == "t")
            }
        }
    }
}

private func run(_ words: [String], _ url: String) throws -> (status: Int32, output: String, errors: String) {
    try ChildProcess.run(
        Programs.flasky, words + ["--database-url", url], folder: Programs.root, environment: Deployment.environment)
}

/// The output of a command that has to succeed.
@discardableResult
private func flasky(_ words: [String], _ url: String) throws -> String {
    let answer = try run(words, url)
    guard answer.status == 0 else { throw Failure("flasky \(words): \(answer.status) \(answer.errors)") }
    return answer.output
}
