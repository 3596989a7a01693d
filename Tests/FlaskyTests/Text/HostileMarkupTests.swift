import Testing

@testable import Flasky

@Suite("Hostile markup")
struct HostileMarkupTests {
    /// What people have got past sanitisers: scripts, handlers, schemes in disguise, broken tags, raw-text elements,
    /// foreign content, mutations.
    static let vectors: [String] = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.y/z.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/x>alert(1)</script>", "<script\n>alert(1)</script\n>", "<script>alert(1)", "<<script>alert(1)//<</script>",
        "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<img/src='x'/onerror=alert(1)>",
        "<img src=\"x` `<script>alert(1)</script>\"` `>", "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
        "<img src=javascript:alert(1)>", "<img src=x:x onerror=`alert(1)`>", "<image src=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><set attributeName=href to=javascript:alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<svg><desc><b onclick=alert(1)>x</b></desc></svg>", "<svg><title><a href=javascript:alert(1)>x</a></title></svg>",
        "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>", "<svg><![CDATA[><img src=x onerror=alert(1)>]]>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", "<math href=\"javascript:alert(1)\">x</math>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#9;script:alert(1)\">x</a>",
        "<a href=\"java&Tab;script:alert(1)\">x</a>", "<a href=\"java&NewLine;script:alert(1)\">x</a>",
        "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"&#x6A;&#x61;vascript:alert(1)\">x</a>", "<a href=\"&#0000106avascript:alert(1)\">x</a>",
        "<a href=\"\u{1}javascript:alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"&#14; javascript:alert(1)\">x</a>",
        "<a href=\"javascript\u{0}:alert(1)\">x</a>", "<a href=\"java\u{AD}script:alert(1)\">x</a>", "<a href='javascript:alert(1)' href='/x'>x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"feed:javascript:alert(1)\">x</a>", "<a href=\"view-source:javascript:alert(1)\">x</a>",
        "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"blob:x\">x</a>", "<a href=\"jar:http://x!/y\">x</a>",
        "<a href=\"ws://x\">x</a>", "<a href=\"tel:1\">x</a>", "<a href=\"livescript:x\">x</a>", "<a href=\"mocha:x\">x</a>",
        "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](java&#115;cript:alert(1))", "[x](<javascript:alert(1)>)",
        "[x](  javascript:alert(1))", "[x](data:text/html,x)", "[x](vbscript:x)", "[x]: javascript:alert(1)\n\n[x]",
        "[x](javascript&colon;alert(1))", "![x](javascript:alert(1))", "![x\" onerror=\"alert(1)](y)", "[x](/y \"t\\\" onclick=alert(1)\")",
        "[x](/y '\"onmouseover=\"alert(1)')", "[x](/y\"onclick=\"alert(1))", "<javascript:alert(1)>", "<data:x,y>",
        "http://a.com/\"onmouseover=\"alert(1)", "http://a.com/'onmouseover='alert(1)", "http://a.com/<script>alert(1)</script>",
        "www.a.com/`onload=alert(1)`", "http://a.com?x=\"><script>alert(1)</script>",
        "<a title='\"><script>alert(1)</script>' href=/x>x</a>", "<a title=\"x\" onclick=alert(1)>x</a>", "<a/onclick=alert(1)>x</a>",
        "<a style=\"background:url(javascript:x)\">x</a>", "<p style=\"x:expression(alert(1))\">x</p>", "<b onclick=alert(1)>x</b>",
        "<b/onclick=alert(1)//>x", "<p id=x name=y class=z>x</p>", "<abbr title=\"x\" onmouseover=alert(1)>y</abbr>",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe><script>alert(1)</script></iframe>",
        "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<applet code=x></applet>", "<param name=x value=y>",
        "<form action=javascript:alert(1)><input type=submit></form>", "<button formaction=javascript:alert(1)>x</button>",
        "<isindex action=javascript:alert(1) type=image>", "<input onfocus=alert(1) autofocus>", "<textarea><script>alert(1)</script></textarea>",
        "<textarea></textarea><script>alert(1)</script>", "<title><script>alert(1)</script></title>", "<select><script>alert(1)</script></select>",
        "<style>@import 'javascript:alert(1)';</style>", "<style><!--</style><script>alert(1)//--></script>", "<link rel=stylesheet href=javascript:x>",
        "<base href=javascript:alert(1)//>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<meta charset=utf-7>",
        "<body onload=alert(1)>", "<html onclick=alert(1)>", "<head><script>alert(1)</script></head>", "<frameset onload=alert(1)>",
        "<video><source onerror=alert(1)></video>", "<video src=x onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee>", "<bgsound src=javascript:x>", "<layer src=x></layer>", "<xml id=x><a><b>&lt;script></b></a></xml>",
        "<table background=javascript:x><td background=javascript:y>", "<div style=width:expression(alert(1))>x</div>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<plaintext><script>alert(1)</script>",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<noembed><img src=x onerror=alert(1)></noembed>", "<noframes><img src=x onerror=alert(1)></noframes>",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--><img src=x onerror=alert(1)>-->", "<!--x--!><img src=x onerror=alert(1)>",
        "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>", "<!DOCTYPE x [<!ENTITY y '<script>'>]>&y;", "<? echo('<scr)'; ?>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&amp;lt;script&amp;gt;", "`<script>alert(1)</script>`",
        "    <script>alert(1)</script>", "```\n<script>alert(1)</script>\n```", "```\"onclick=alert(1)\nx\n```", "</p><script>alert(1)</script><p>",
        "<p><table><p><script>alert(1)</script>", "<li></li><ul onclick=x>", "<a><a href=javascript:x>y</a></a>", "<b><p></b><script>alert(1)</script></p>",
        "<\u{0}script>alert(1)</script>", "<scri\u{0}pt>alert(1)</script>", "<ſcript>alert(1)</ſcript>", "＜script＞alert(1)＜/script＞", "<a href=//evil.com/%0d%0aX>x</a>",
    ]

    @Test("nothing that was typed runs, in posts and in comments", arguments: vectors)
    func inert(_ vector: String) {
        expectInert(Markdown.post(vector), .post)
        expectInert(Markdown.comment(vector), .comment)
        expectInert(Markdown.post("a " + vector + " b"), .post)
    }

    @Test("there are more than a hundred of them")
    func enough() { #expect(Set(Self.vectors).count > 150) }

    @Test("random pieces of markup put together never get past the sanitiser")
    func random() {
        var generator = SeededRandom(seed: 7)
        let pieces = Self.vectors.flatMap { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
            expectInert(Markdown.post(text.joined(separator: " ")), .post)
        }
    }

    /// Every `<` of the result begins a tag of exactly the form the writer writes.
    private func expectInert(_ html: String, _ allowed: AllowedHTML, _ location: SourceLocation = #_sourceLocation) {
        for piece in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: ">") else {
                Issue.record("an open bracket: \(html)", sourceLocation: location)
                return
            }
            let tag = piece[..<end]
            #expect(isAllowed(tag, allowed), "\(html)", sourceLocation: location)
        }
    }

    private func isAllowed(_ tag: Substring, _ allowed: AllowedHTML) -> Bool {
        let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
        guard allowed.elements.contains(String(name)) else { return false }
        if tag.hasPrefix("/") { return tag.dropFirst() == name }
        var rest = tag.dropFirst(name.count)
        while !rest.isEmpty {
            guard let match = rest.prefixMatch(of: #/ (href|rel|title)="([^"<>]*)"/#) else { return false }
            if match.1 == "href", !AllowedHTML.isSafeLink(decoded(match.2)) { return false }
            if match.1 == "rel", match.2 != "nofollow" { return false }
            rest = rest[match.range.upperBound...]
        }
        return true
    }

    private func decoded(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
}
