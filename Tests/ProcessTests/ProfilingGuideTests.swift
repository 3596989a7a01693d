import Foundation
import Testing

extension RealPrograms {
    /// What the guide "Profiling a slow page" tells, with Flasky itself.
    @Suite("The profiling guide")
    struct ProfilingGuideTests {
        @Test("a page that lost its index is found by its records, mended, and the difference is shown")
        func slowPage() throws {
            try withBlog { url in
                try psql(url, "DROP INDEX ix_comments_post_id_timestamp")
                let settings = ["slow_query.threshold=20ms", "profiler.threshold=20ms", "profiler.hertz=1000"]
                try withDeployment(.flasky, ["database.url=\(url)", "pool.workers=1"] + settings) { blog in
                    let profiles = "\(blog.folder)/profiles"
                    try find(blog, profiles)
                    let before = "\(blog.folder)/before"
                    try FileManager.default.moveItem(atPath: profiles, toPath: before)
                    try psql(url, "CREATE INDEX ix_comments_post_id_timestamp ON comments (post_id, timestamp)")
                    try compare(blog, profiles, before)
                }
            }
        }

        /// From the slow-query record to the profile of its request.
        private func find(_ blog: Deployment, _ profiles: String) throws {
            for _ in 0..<3 { #expect(try blog.client.get("/").status == 200) }
            try wait(until: "three profiles are there") { try self.names(profiles).count == 3 }
            let record = try #require(try blog.lines("slow", atLeast: 3).first)
            #expect(record.text("call_site")?.hasPrefix("Flasky/Post.swift:") == true)
            let access = try blog.lines("access", atLeast: 3).first { $0.text("request_id") == record.text("request_id") }
            let name = try #require(access?.text("profile"))
            let shown = try flasky("profiles", "show", record.text("profile") ?? "none", "--profile-dir", profiles)
            #expect(shown == Files.text("\(profiles)/\(name).txt"))
            let reasons = "kept because: slow-query record (slow), slower than 20 ms"
            for word in [reasons, "static Post.newest", "FROM \"comments\""] {
                #expect(shown.contains(word), "\(word): \(shown)")
            }
        }

        /// A token asks for profiles of what is fast now.
        private func compare(_ blog: Deployment, _ profiles: String, _ before: String) throws {
            _ = try blog.client.get("/")
            let token = try flasky("profile", "token").trimmingCharacters(in: .whitespacesAndNewlines)
            for _ in 0..<5 { _ = try blog.client.get("/", ["X-Roost-Profile": token]) }
            try wait(until: "five profiles are there") { try self.names(profiles).count >= 5 }
            let words = ["diff", "main.index", "main.index", "--before-dir", before, "--profile-dir", profiles]
            let shown = try flasky(["profiles"] + words)
            let none = try ChildProcess.run(Programs.flasky, ["profiles"] + words + ["--kept", "token"])
            #expect(none.status == 1, "none of the first set was kept for a token")
            let newest = try #require(shown.split(separator: "\n").first { $0.contains("static Post.newest") })
            let times = newest.split(separator: " ").prefix(3).compactMap { Double($0) }
            #expect(times.count == 3 && times[2] < 0 && times[1] < times[0] / 2, "\(shown)")
        }

        @Test("profile serves the blog as the book's command does: a table of so many functions for each request")
        func profileCommand() throws {
            try withBlog { url in
                let blog = try Deployment(.flasky, ["database.url=\(url)"])
                defer { blog.tearDown() }
                let profiles = "\(blog.folder)/of the book"
                let words = ["profile", "--length", "25", "--profile-dir", profiles]
                blog.pool = try ChildProcess(
                    Programs.flasky, words + ["--config", "\(Programs.root)/deploy/flasky.yaml"] + blog.arguments,
                    log: "\(blog.folder)/serve", folder: Programs.root, environment: Deployment.environment)
                try wait(15, until: "the pool is ready") { try blog.count("ready") > 0 }
                try blog.startNginx()
                let paths = ["/", "/nothing", "/api/v1/posts/", "/auth/login"]
                for path in paths { #expect(try blog.client.get(path).status < 500) }
                let output = { Files.text("\(blog.folder)/serve.out") }
                try wait(until: "a table for each request") { self.tables(output()).count == paths.count }
                #expect(self.tables(output()).map(\.path) == paths)
                #expect(self.tables(output()).allSatisfy { $0.functions <= 25 })
                #expect(self.tables(output()).contains { $0.functions == 25 }, "\(output())")
                try wait(until: "a profile of each") { try self.names(profiles).count == paths.count }
            }
        }

        // MARK: Support

        /// The tables on standard output: of which path, and how many functions.
        private func tables(_ output: String) -> [(path: String, functions: Int)] {
            let pieces = output.components(separatedBy: String(repeating: "-", count: 80) + "\n")
            return pieces.compactMap { piece in
                let lines = piece.split(separator: "\n")
                guard let head = lines.first, head.hasPrefix("GET ") else { return nil }
                let path = head.dropFirst(4).prefix { $0 != " " }
                return (String(path), max(0, lines.count - 2))
            }
        }

        /// A blog with many comments.
        private func withBlog(_ body: (String) throws -> Void) throws {
            try withDatabase { url in
                try flasky("db", "upgrade", "--database-url", url)
                try flasky("roles", "--database-url", url)
                try flasky("fake", "--users", "20", "--posts", "100", "--comments", "50", "--database-url", url)
                try psql(
                    url,
                    """
                    INSERT INTO comments (body, timestamp, author_id, post_id)
                    SELECT 'more', now(), (SELECT min(id) FROM users), (SELECT min(id) FROM posts) + number % 100
                    FROM generate_series(1, 50000) AS number
                    """)
                try body(url)
            }
        }

        /// The output of a command that has to succeed.
        @discardableResult
        private func flasky(_ words: String...) throws -> String { try flasky(words) }

        @discardableResult
        private func flasky(_ words: [String]) throws -> String {
            let answer = try ChildProcess.run(
                Programs.flasky, words, folder: Programs.root, environment: Deployment.environment)
            guard answer.status == 0 else { throw Failure("\(words): \(answer.errors)") }
            return answer.output
        }

        private func names(_ folder: String) throws -> [String] {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return files.filter { $0.hasSuffix(".trace.json") }
        }
    }
}
