import Roost
import RoostTemplates
import Testing

@testable import Flasky

@Suite("What templates know of whoever looks")
struct PageValuesTests {
    /// What a template of the blog makes of a source when it is shown to somebody.
    private func rendered(_ source: String, for viewer: some TemplateObject, _ blog: Blog) throws -> String {
        let templates = try #require(blog.app.templates)
        return try templates.template(source: source).render(["current_user": viewer.templateValue])
    }

    @Test("permissions are asked for by name and as the book does it", .enabled(if: Blog.server != nil))
    func permissions() throws {
        try Blog.with { blog in
            let source = """
                {{ current_user.can(Permission.WRITE) }} {{ current_user.can_write }} \
                {{ current_user.can(Permission.MODERATE) }} {{ current_user.can_moderate }} \
                {{ current_user.can_admin }} {{ current_user.is_administrator }}
                """
            let user = try rendered(source, for: blog.add("john"), blog)
            #expect(user == "True True False False False False")
            let moderator = try rendered(source, for: blog.add("mo", role: "Moderator"), blog)
            #expect(moderator == "True True True True False False")
            let administrator = try rendered(source, for: blog.add("ada", role: "Administrator"), blog)
            #expect(administrator == "True True True True True True")
            #expect(try rendered(source, for: StrangerView(), blog) == "False False False False False False")
            #expect(throws: TemplateError.self) {
                try rendered("{{ current_user.can('WRITE') }}", for: StrangerView(), blog)
            }
        }
    }

    @Test("a post shows its author and its time just as the macros write them", .enabled(if: Blog.server != nil))
    func macros() throws {
        for pictures in ["generated", "gravatar"] {
            try Blog.with(["flasky.avatars": pictures]) { blog in
                let post = try blog.add(post: "text", by: try blog.add("john"))
                let stored = try #require(try Post.find(post, in: blog.database))
                let templates = try #require(blog.app.templates)
                let macros = "{% from '_macros.html' import avatar, moment %}"
                let page = blog.client.get("/").text
                for call in ["avatar(post.author, 40)", "moment(post.timestamp)"] {
                    let written = try templates.template(source: "\(macros){{ \(call) }}")
                        .render(["post": stored.templateValue])
                    #expect(page.contains(written), "\(pictures): \(written)")
                }
            }
        }
    }

    @Test("the templates ask for nothing that does not exist", .enabled(if: Blog.server != nil))
    func findings() throws {
        try Blog.with { blog in
            let findings = try blog.app.templateFindings()
            #expect(findings.errors.isEmpty && findings.warnings.isEmpty, "\(findings)")
        }
    }

    @Test("the place somebody typed leads to a map, encoded whole", .enabled(if: Blog.server != nil))
    func map() throws {
        try Blog.with { blog in
            var user = try blog.add("john")
            user.location = "Köln & \"Bonn\"?#x"
            let link = try rendered("{{ current_user.map_url }}", for: user, blog)
            #expect(link == "https://maps.google.com/?q=K%C3%B6ln+%26+%22Bonn%22%3F%23x")
        }
    }
}
