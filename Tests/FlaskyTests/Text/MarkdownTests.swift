import Testing

@testable import Flasky

@Suite("Markdown")
struct MarkdownTests {
    /// Input, a post's HTML, a comment's HTML (nil: the post's without its paragraph).
    static let examples: [(String, String, String?)] = [
        ("body of the *blog* post", "<p>body of the <em>blog</em> post</p>", nil),
        (
            "# Title\n\nSome **bold** and `code`", "<h1>Title</h1>\n<p>Some <strong>bold</strong> and <code>code</code></p>",
            "Title\nSome <strong>bold</strong> and <code>code</code>"
        ),
        ("#Title", "<h1>Title</h1>", "Title"),
        ("## Two\n### Three\n#### Four", "<h2>Two</h2>\n<h3>Three</h3>\nFour", "Two\nThree\nFour"),
        ("> quote\n> more", "<blockquote>\n<p>quote\nmore</p>\n</blockquote>", "\nquote\nmore\n"),
        ("    x = 1 < 2\n    y", "<pre><code>x = 1 &lt; 2\ny\n</code></pre>", "<code>x = 1 &lt; 2\ny\n</code>"),
        (
            "Visit http://example.com/a?b=1&c=2 now",
            "<p>Visit <a href=\"http://example.com/a?b=1&amp;c=2\" rel=\"nofollow\">http://example.com/a?b=1&amp;c=2</a> now</p>",
            nil
        ),
        (
            "[post](http://example.com \"ttl\")",
            "<p><a href=\"http://example.com\" rel=\"nofollow\" title=\"ttl\">post</a></p>", nil
        ),
        (
            "<script>alert(1)</script>hello <b>bold</b>", "alert(1)\n\n<p>hello <b>bold</b></p>",
            "alert(1)\n\nhello <b>bold</b>"
        ),
        ("![img](http://example.com/i.png)", "<p></p>", ""),
        ("line one\nline two  \nline three", "<p>line one\nline two\nline three</p>", nil),
        (
            "me@example.com and www.example.com and example.org.",
            "<p>me@example.com and <a href=\"http://www.example.com\" rel=\"nofollow\">www.example.com</a> and "
                + "<a href=\"http://example.org\" rel=\"nofollow\">example.org</a>.</p>", nil
        ),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>", nil),
        (
            "<a href=\"http://x.com\" onclick=\"y\" target=\"_blank\" title=\"t\">x</a>",
            "<p><a href=\"http://x.com\" rel=\"nofollow\" title=\"t\">x</a></p>", nil
        ),
        ("* a\n    * b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>", "\na\nb\n\n\n"),
        ("* a\n\n* b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>", "\n\na\n\n\nb\n\n"),
        ("a < b & c > d \"q\"", "<p>a &lt; b &amp; c &gt; d \"q\"</p>", nil),
        ("<http://example.com>", "<p><a href=\"http://example.com\" rel=\"nofollow\">http://example.com</a></p>", nil),
        ("<me@example.com>", "<p><a href=\"mailto:me@example.com\">me@example.com</a></p>", nil),
        ("---\n\ntext", "\n<p>text</p>", "\ntext"),
        ("unclosed <b>bold", "<p>unclosed <b>bold</b></p>", nil),
        ("Heading\n=======\n\nSub\n---", "<h1>Heading</h1>\n<h2>Sub</h2>", "Heading\nSub"),
        (
            "[a](/rel) [b](mailto:x@y.com) [c](ftp://h/x)",
            "<p><a href=\"/rel\" rel=\"nofollow\">a</a> <a href=\"mailto:x@y.com\">b</a> <a>c</a></p>", nil
        ),
        ("file test.py", "<p>file <a href=\"http://test.py\" rel=\"nofollow\">test.py</a></p>", nil),
        ("\\*lit\\* and hello_world_foo", "<p>*lit* and hello_world_foo</p>", nil),
        (" \n\t\n", "", ""), ("", "", ""), ("&copy; <!-- gone -->x", "<p>© x</p>", nil),
    ]

    @Test("a post and a comment come out as the book's application wrote them", arguments: examples)
    func example(input: String, post: String, comment: String?) {
        #expect(Markdown.post(input) == post)
        #expect(Markdown.comment(input) == comment ?? String(post.dropFirst(3).dropLast(4)))
    }

    @Test("bare addresses become links; what is round them, new top-level domains and mail addresses do not", arguments: [
        ("(see http://a.com/x)", "(see [http://a.com/x])"), ("(a.com/b_(c))", "([a.com/b_(c)])"),
        ("a.bar localhost a.b", "a.bar localhost a.b"), ("a.com, b.net.", "[a.com], [b.net]."),
        ("http://user:pw@a.com:8080/x?y=1", "[http://user:pw@a.com:8080/x?y=1]"), ("x@a.com", "x@a.com"),
        ("HTTPS://A.ORG/Ä", "[HTTPS://A.ORG/Ä]"), ("a.com.foo", "a.com.foo"), ("münchen.de", "[münchen.de]"),
        (".com a..com", ".com a..com"), ("a.com:", "[a.com]:"), ("ftp://a.com", "[ftp://a.com]"),
    ])
    func addresses(input: String, expected: String) {
        var bytes: [UInt8] = []
        Linkifier.append(Array(input.utf8), to: &bytes)
        var text = String(decoding: bytes, as: UTF8.self)
        while let start = text.range(of: "<a "), let end = text.range(of: ">", from: start.upperBound) {
            text.replaceSubrange(start.lowerBound..<end.upperBound, with: "[")
        }
        #expect(text.replacing("</a>", with: "]") == expected)
    }

    @Test("a text of nothing but open tags costs no more than its length and is shown as text")
    func manyTags() {
        let text = String(repeating: "<b>", count: 200_000)
        let html = ContinuousClock().measure { #expect(Markdown.post(text).hasPrefix("<p>&lt;b&gt;")) }
        #expect(html < .seconds(5))
        #expect(Markdown.post(String(repeating: "> ", count: 4_000) + "deep").contains("deep"))
    }
}

extension String {
    func range(of text: String, from start: String.Index? = nil) -> Range<String.Index>? {
        self[(start ?? startIndex)...].firstRange(of: text)
    }
}
