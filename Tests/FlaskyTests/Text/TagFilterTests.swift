import Testing

@testable import Flasky

/// What the original's libraries make of a text, but for `title="<script>"`, where they lose the text of the link.
@Suite("Tags that do not stay")
struct TagFilterTests {
    static let elements = [
        "script", "style", "title", "textarea", "iframe", "plaintext", "xmp", "noembed", "noframes", "noscript",
        "select", "table", "template", "svg", "math",
    ]

    @Test("their content is ordinary HTML, and Markdown's own tags never become text", arguments: elements)
    func content(element: String) {
        #expect(Markdown.comment("nice *one* <\(element)>") == "nice <em>one</em> ")
        #expect(Markdown.post("x <\(element)>alert(1)") == "<p>x alert(1)</p>")
        #expect(Markdown.post("x <\(element)>*y* <b>z</b></\(element)>") == "<p>x <em>y</em> <b>z</b></p>")
        #expect(Markdown.post("x <\(element.uppercased()) a='>' b=\">\" c=/>*y*") == "<p>x <em>y</em></p>")
        #expect(Markdown.post("x </\(element) \t>*y*") == "<p>x <em>y</em></p>")
    }

    @Test("only tags are dropped: not what stands in code, in comments or in the attributes of others", arguments: [
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"), ("<script><b>x</b></script>", "<b>x</b>"),
        ("a <!-- <script> --> b", "<p>a  b</p>"), ("a <!-- > <title> --> *b*", "<p>a  <em>b</em></p>"),
        ("<a title=\"<script>\">x</a>", "<p><a title=\"&lt;script&gt;\">x</a></p>"),
        ("<scripty>x</scripty>", "<p>x</p>"), ("a < script> b", "<p>a &lt; script&gt; b</p>"),
        ("<style>a *b* c</style>", "a *b* c"), ("x <div>y</div> z", "<p>x y z</p>"),
    ])
    func others(input: String, expected: String) { #expect(Markdown.post(input) == expected) }

    @Test("what stands round a dropped tag does not grow together", arguments: [
        ("<<script>b>x", "<<!---->b>x"), ("&l<script>t;", "&l<!---->t;"), ("<scr<script>ipt>", "<!---->ipt>"),
        ("<!--x--!><script>", "<!--x--!><!---->"), ("<!--><script>-->", "<!--><!---->-->"),
        ("<!---><script>", "<!---><!---->"),
        ("<!--!><script>", "<!--!><script>"), ("</ script><b>", "</ script><b>"), ("<?script><b>", "<?script><b>"),
        ("<!x '><script>'", "<!x '><!---->'"), ("<b x='<script>'>", "<b x='<script>'>"),
        ("<b 'x><script>'>", "<b 'x><!---->'>"),
        ("<b x=a'><script>'>", "<b x=a'><!---->'>"), ("<script", "<!---->"), ("<b x='", "<b x='"), ("<", "<"),
        ("</", "</"), ("<!--", "<!--"),
        ("<script/x=\"/>\"/>y", "<!---->y"), ("<b =x='y>'>", "<b =x='y>'>"),
    ])
    func scanning(input: String, expected: String) {
        let filtered = TagFilter.filtered(Array(input.utf8), keeping: ["b"])
        #expect(String(decoding: filtered, as: UTF8.self) == expected)
    }

    @Test("filtering costs no more than the length", arguments: [
        "<!--x", "<!--x-->", "<a '", "<a b='", "</", "<!", "<script>",
    ])
    func length(piece: String) {
        let text = Array(String(repeating: piece, count: 50_000).utf8)
        let duration = ContinuousClock().measure { #expect(!TagFilter.filtered(text, keeping: ["a"]).isEmpty) }
        #expect(duration < .seconds(5))
    }
}
