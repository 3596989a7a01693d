internal import CGumbo
import Testing

@testable import Flasky

@Suite("Hostile markup")
struct HostileMarkupTests {
    /// What our own marks look like, typed by somebody. A literal of a noncharacter does not compile.
    static let marks = (UInt32(0xFDD0)...0xFDD3).compactMap(Unicode.Scalar.init).map(String.init)

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
        "[x](java script:alert(1) b)", "[x](java\tscript:a b)", "[x](javascript:a b \"t\")", "[x](a \(marks[3])\"onclick=x b)", "[x](a <b onclick=x> b)",
        "<scr\(marks[0])ipt>alert(1)</script>", "<\(marks[1]) script>x", "[x](java\(marks[0])script:x)\n#y", "<a\(marks[3])> onclick=x>\n```\n<?\(marks[2])?>",
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

    /// Raw-text elements, half-open, nested, inside attributes and comments, with what splits their names.
    static let rawTextVectors: [String] = [
        "script", "style", "title", "textarea", "iframe", "plaintext", "xmp", "noembed", "noframes", "noscript",
    ].flatMap { name in
        [
            "<\(name)><img src=x onerror=alert(1)>", "<\(name)><\(name)><b onclick=x></\(name)><svg onload=x>",
            "<\(name.prefix(2))<\(name)>\(name.dropFirst(2)) onload=x>", "</\(name)/x><img src=x onerror=y>", "<\(name)", "<\(name) ",
            "<\(name)/", "</\(name)", "<\(name) x='", "<\(name) x=\"><b onclick=y>\">", "<a title='</\(name)><img src=x onerror=y>'>z",
            "<a title='<\(name)>' href=javascript:x>z", "<!--<\(name)>--><img src=x onerror=y>", "<!--><\(name)--><b onclick=y>-->",
            "<!--</\(name)>", "<\(name)\u{0}><b onclick=y>", "<\(name.prefix(3))\u{0}\(name.dropFirst(3))><b onclick=y>",
            "<\(name)\n><b onclick=y></\(name)\n>", "<\n\(name)><b onclick=y>", "<<\(name)>b onclick=y>", "<<\(name)>img src=x onerror=y>",
            "<i<\(name)>mg src=x onerror=y>", "&l<\(name)>t;script>", "java<\(name)>script:alert(1)", "[x](java<\(name)>script:y)",
            "<a href=\"java<\(name)>script:y\">z</a>", "<svg><\(name)><a xlink:href=javascript:x>", "<math><\(name)><!--</\(name)><img src=x onerror=y>-->",
            "<\(name)>\n\n*a*\n\n<img src=x onerror=y>", "<b <\(name)> onclick=y>", "<b x=<\(name)> onclick=y>z", "> <\(name)>\n\n#x <b onclick=y>",
        ]
    }

    @Test("what a parser sees in the result is only what is allowed", arguments: vectors + rawTextVectors)
    func parsedAgain(_ vector: String) {
        for text in [vector, "a " + vector + " b", "*a* " + vector + "\n\n#b", "> " + vector, "<b>" + vector + "</b>"] {
            expectInert(Markdown.post(text), .post)
            expectInert(Markdown.comment(text), .comment)
        }
    }

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
        let pieces = (Self.vectors + Self.rawTextVectors).flatMap { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
            expectInert(Markdown.post(text.joined(separator: " ")), .post)
        }
    }

    /// Every `<` of the result begins a tag of exactly the form the writer writes, and a parser sees just these.
    private func expectInert(_ html: String, _ allowed: AllowedHTML, _ location: SourceLocation = #_sourceLocation) {
        let strangers = ParsedHTML.elements(of: html).filter { !isAllowed($0, allowed) }
        #expect(strangers.isEmpty, "\(strangers) in \(html)", sourceLocation: location)
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

    private func isAllowed(_ element: ParsedHTML.Element, _ allowed: AllowedHTML) -> Bool {
        let names = (AllowedHTML.attributes[element.name] ?? []) + (element.name == "a" ? ["rel"] : [])
        let href = element.attributes["href"] ?? ""
        return allowed.elements.contains(element.name) && element.attributes.keys.allSatisfy(names.contains)
            && AllowedHTML.isSafeLink(href)
    }

    private func decoded(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
}

/// What an HTML5 parser makes of a text, as a browser would.
enum ParsedHTML {
    struct Element {
        let name: String
        let attributes: [String: String]
    }

    /// All elements in it; one of SVG or MathML has its namespace before its name, a comment is named `!`.
    static func elements(of html: String) -> [Element] {
        var options = kGumboDefaultOptions
        options.fragment_context = GUMBO_TAG_DIV
        return html.withCString { text in
            guard let output = gumbo_parse_with_options(&options, text, html.utf8.count) else { return [] }
            defer { gumbo_destroy_output(&options, output) }
            var found: [Element] = []
            var open = children(of: output.pointee.root.pointee.v.element)
            while let node = open.popLast() {
                switch node.pointee.type {
                case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
                    found.append(element(node.pointee.v.element))
                    open += children(of: node.pointee.v.element)
                case GUMBO_NODE_COMMENT: found.append(Element(name: "!", attributes: [:]))
                default: break
                }
            }
            return found
        }
    }

    private static func children(of element: GumboElement) -> [UnsafeMutablePointer<GumboNode>] {
        (0..<Int(element.children.length)).compactMap {
            element.children.data[$0]?.assumingMemoryBound(to: GumboNode.self)
        }
    }

    private static func element(_ element: GumboElement) -> Element {
        var attributes: [String: String] = [:]
        for index in 0..<Int(element.attributes.length) {
            guard let attribute = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else { continue }
            attributes[String(cString: attribute.pointee.name)] = String(cString: attribute.pointee.value)
        }
        let isHTML = element.tag_namespace == GUMBO_NAMESPACE_HTML
        let name = gumbo_normalized_tagname(element.tag).map { String(cString: $0) } ?? ""
        return Element(name: isHTML ? name : "foreign \(name)", attributes: attributes)
    }
}
