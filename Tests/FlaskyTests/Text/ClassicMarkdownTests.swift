import Testing

@testable import Flasky

/// What the original's libraries make of a text, but where CommonMark differs: line feeds in code spans become blanks,
/// blanks at the beginning of a line go, a number other than 1 does not begin a list inside a paragraph.
@Suite("Classic Markdown")
struct ClassicMarkdownTests {
    @Test("there are no fenced blocks: backticks are a code span, tildes are text", arguments: [
        ("```\ncode\n```", "<p><code>code</code></p>"), ("```c\nint x;\n```", "<p><code>c int x;</code></p>"),
        ("~~~\ncode\n~~~", "<p>~~~\ncode\n~~~</p>"), ("~~~ c\n*x*\n~~~", "<p>~~~ c\n<em>x</em>\n~~~</p>"),
        ("a\n```\ncode\n```\nb", "<p>a\n<code>code</code>\nb</p>"), ("   ```\nx\n```", "<p><code>x</code></p>"),
        ("```\na\n\nb\n```", "<p>```\na</p>\n<p>b\n```</p>"), ("```", "<p>```</p>"), ("~~~", "<p>~~~</p>"),
        ("````\n`` x\n````", "<p><code>`` x</code></p>"), ("```\ncode```", "<p><code>code</code></p>"),
        ("> ```\n> x\n> ```", "<blockquote>\n<p><code>x</code></p>\n</blockquote>"),
        ("> ~~~\n> x", "<blockquote>\n<p>~~~\nx</p>\n</blockquote>"),
        ("- ```\n  x\n  ```", "<ul>\n<li><code>x</code></li>\n</ul>"),
        ("1. ~~~\n   x", "<ol>\n<li>~~~\nx</li>\n</ol>"),
        ("- > ```\n", "<ul>\n<li>\n<blockquote>\n<p>```</p>\n</blockquote>\n</li>\n</ul>"),
        ("```\r\ncode\r\n```\r\n", "<p><code>code</code></p>"), ("a\r```\rb", "<p>a\n```\nb</p>"),
        ("\u{FEFF}```\na\n```", "<p><code>a</code></p>"), ("+ 1) > ~~~\n", "<ul>\n<li>\n<ol>\n<li>\n<blockquote>\n<p>~~~</p>\n</blockquote>\n</li>\n</ol>\n</li>\n</ul>"),
    ])
    func fences(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("code spans over several lines and indented code stay as they are, however their lines begin", arguments: [
        ("`a\n```\nb`", "<p><code>a ``` b</code></p>"), ("`` `a`\n~~~ ``", "<p><code>`a` ~~~</code></p>"),
        ("    ```\n    #x\n    ~~~", "<pre><code>```\n#x\n~~~\n</code></pre>"),
        ("\t#x#", "<pre><code>#x#\n</code></pre>"),
        ("- a\n\n        - #x", "<ul>\n<li>\n<p>a</p>\n<pre><code>  - #x\n</code></pre>\n</li>\n</ul>"),
        ("    > #x\n    - #y ##\n    - ```", "<pre><code>&gt; #x\n- #y ##\n- ```\n</code></pre>"),
        ("a\n    #x", "<p>a\n#x</p>"),
        ("a\n2. #x#", "<p>a\n2. #x#</p>"), ("`a\n2. #x` b", "<p><code>a 2. #x</code> b</p>"),
        // The original makes a heading of the second line; here it is code.
        ("```\n#include <x.h>\n```", "<p><code>#include &lt;x.h&gt;</code></p>"),
        ("> ```\n> #x#\n> ```\n> #y", "<blockquote>\n<p><code>#x#</code></p>\n<h1>y</h1>\n</blockquote>"),
    ])
    func code(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("nothing in raw HTML is rewritten", arguments: [
        ("<pre>\n#include\n```\n</pre>", "<pre>#include\n```\n</pre>"), ("<div>\n#x#\n</div>", "\n#x#\n"),
        ("<pre>\n- #x\n> #y#\n</pre>", "<pre>- #x\n&gt; #y#\n</pre>"), ("<b>\n#x\n</b>", "<b>\n#x\n</b>"),
        ("<a title=\"x\n~~~\n2. #y\">z</a>", "<p><a title=\"x\n~~~\n2. #y\">z</a></p>"),
        ("a <!-- b\n~~~ --> c", "<p>a  c</p>"), ("<!--\n<style></style> a -->", ""),
        ("<div>\n<script>a</script>b\n</div>", "\nab\n"),
    ])
    func rawHTML(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    /// The original leaves blanks in an address as they are; to a browser they are the same.
    @Test("an address with blanks is a link's, not an image's, and not in code or raw HTML", arguments: [
        ("[x](http://e.com/a b)", "<p><a href=\"http://e.com/a%20b\" rel=\"nofollow\">x</a></p>"),
        (
            "[x]( a b  \"t\") [y](c d 't')",
            "<p><a href=\"a%20b\" rel=\"nofollow\" title=\"t\">x</a> "
                + "<a href=\"c%20d\" rel=\"nofollow\" title=\"t\">y</a></p>"
        ),
        ("#[x](a b)#", "<h1><a href=\"a%20b\" rel=\"nofollow\">x</a></h1>"), ("[x](javascript:a b)", "<p><a>x</a></p>"),
        ("![x](a b)", "<p>![x](a b)</p>"), ("\\[x](a b)", "<p>[x](a b)</p>"), ("a](b c)", "<p>a](b c)</p>"),
        ("`[x](a b)`", "<p><code>[x](a b)</code></p>"), ("    [x](a b)", "<pre><code>[x](a b)\n</code></pre>"),
        ("<pre>[x](a b)</pre>", "<pre>[x](a b)</pre>"), ("a <!-- [x](a b) --> b", "<p>a  b</p>"),
        ("[x](a b \"t)", "<p>[x](a b \"t)</p>"), ("[x](a)", "<p><a href=\"a\" rel=\"nofollow\">x</a></p>"),
        ("[x]( )", "<p><a href=\"\" rel=\"nofollow\">x</a></p>"),
        ("<b title='[x](a b)'>y</b>", "<p><b>y</b></p>"),
        ("[x](a\tb)", "<p><a href=\"a%09b\" rel=\"nofollow\">x</a></p>"),
    ])
    func blanksInAddresses(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("addresses and titles of links hold what was typed", arguments: [
        ("[a](\n~~~b \"c\n~~~\")", "<p><a href=\"~~~b\" rel=\"nofollow\" title=\"c\n~~~\">a</a></p>"),
        ("[a]\n\n[a]:\n~~~b", "<p><a href=\"~~~b\" rel=\"nofollow\">a</a></p>"),
    ])
    func links(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("hashes without a blank make a heading, behind the marks of quotations and items too", arguments: [
        ("#x#", "<h1>x</h1>"), ("##x ##", "<h2>x</h2>"), ("#_x_#", "<h1><em>x</em></h1>"),
        ("#x#\r\ny", "<h1>x</h1>\n<p>y</p>"),
        ("> #x", "<blockquote>\n<h1>x</h1>\n</blockquote>"), ("- #x", "<ul>\n<li>\n<h1>x</h1>\n</li>\n</ul>"),
        ("1. #x", "<ol>\n<li>\n<h1>x</h1>\n</li>\n</ol>"), ("a\n#x\nb", "<p>a</p>\n<h1>x</h1>\n<p>b</p>"),
        ("~~~\n#x\n~~~", "<p>~~~</p>\n<h1>x</h1>\n<p>~~~</p>"), ("```\n\n#x", "<p>```</p>\n<h1>x</h1>"),
        ("```a```\n#x", "<p><code>a</code></p>\n<h1>x</h1>"), ("#a`b`", "<h1>a<code>b</code></h1>"),
        // CommonMark: an escaped hash is text, and seven are no heading.
        ("#x \\#", "<h1>x #</h1>"), ("#######x", "<p>#######x</p>"),
        (">   #x", "<blockquote>\n<p>#x</p>\n</blockquote>"),
    ])
    func headings(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("no mark of ours is left, wherever it was put")
    func marks() {
        var generator = SeededRandom(seed: 11)
        let pieces = [
            "#x#", "#", "```", "~~~", "`", "\n", "\n", "\n\n", "    ", "> ", "- ", "2. ", "[a](", "<b", "<pre>",
            "</pre>",
            "<script>", "</script>", "\"", ">", ")", "*", "_", "<!--", "-->", "x", " ", "\t", "\r\n", "[a]: ", "=",
            "[x](a b)", "](a b)", "![", "(",
        ]
        for _ in 0..<3_000 {
            let count = Int.random(in: 1...20, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
            let html = Markdown.post(text)
            let isClean = !html.unicodeScalars.contains { (0xFDD0...0xFDD3).contains($0.value) }
            #expect(isClean && !html.contains("%EF%B7"), "\(text.debugDescription) → \(html.debugDescription)")
        }
    }

    @Test("preparing a long text costs no more than its length", arguments: [
        "```\n", "#x#\n", "> ", "```a\n", "<style></style>a\n", "<!--", "[", "[](", "[](a b)", "](",
    ])
    func length(piece: String) {
        let text = String(repeating: piece, count: 100_000)
        let duration = ContinuousClock().measure { #expect(ClassicMarkdown(text).bytes.count >= text.utf8.count) }
        #expect(duration < .seconds(5))
    }
}
