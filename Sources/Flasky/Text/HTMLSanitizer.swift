internal import CGumbo

/// Writes HTML anew from what an HTML5 parser sees in it: the allowed elements and attributes, everybody's text, and
/// nothing else. What a browser would see as a tag can therefore not hide in what looks like text.
enum HTMLSanitizer {
    /// - Parameters:
    ///   - html: UTF-8, any bytes.
    ///   - allowed: the elements that survive; the text of others stays.
    static func clean(_ html: [UInt8], _ allowed: AllowedHTML) -> String {
        guard !html.isEmpty else { return "" }
        let html = TagFilter.filtered(html, keeping: allowed.elements.union(HTMLWriter.blocks))
        var options = kGumboDefaultOptions
        // A fragment, or a "<body>" somebody typed would be merged into the page's.
        options.fragment_context = GUMBO_TAG_DIV
        options.max_errors = 0
        return html.withUnsafeBytes { bytes in
            let characters = bytes.bindMemory(to: CChar.self)
            guard let output = gumbo_parse_with_options(&options, characters.baseAddress, characters.count) else {
                return ""
            }
            defer { gumbo_destroy_output(&options, output) }
            var writer = HTMLWriter(allowed)
            walk(output.pointee.root, &writer)
            return String(decoding: writer.finish(), as: UTF8.self)
        }
    }

    private enum Step {
        case enter(UnsafeMutablePointer<GumboNode>)
        case leave(String)
    }

    /// Depth first, with a stack of its own: what people type may be nested deeper than a thread's stack.
    private static func walk(_ root: UnsafeMutablePointer<GumboNode>, _ writer: inout HTMLWriter) {
        var steps = [Step.enter(root)]
        while let step = steps.popLast() {
            switch step {
            case .leave(let name): writer.close(name)
            case .enter(let node): enter(node, &writer, &steps)
            }
        }
    }

    private static func enter(_ node: UnsafeMutablePointer<GumboNode>, _ writer: inout HTMLWriter, _ steps: inout [Step]) {
        switch node.pointee.type {
        case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE:
            writer.text(String(cString: node.pointee.v.text.text))
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
            let element = node.pointee.v.element
            let name = self.name(of: element)
            writer.open(name, attributes(of: element, name))
            steps.append(.leave(name))
            for index in (0..<Int(element.children.length)).reversed() {
                guard let child = element.children.data[index] else { continue }
                steps.append(.enter(child.assumingMemoryBound(to: GumboNode.self)))
            }
        default:
            break  // comments, doctypes
        }
    }

    /// The name of an HTML element; empty for one of SVG or MathML, which is never allowed.
    private static func name(of element: GumboElement) -> String {
        guard element.tag_namespace == GUMBO_NAMESPACE_HTML, let name = gumbo_normalized_tagname(element.tag) else { return "" }
        return String(cString: name)
    }

    /// The allowed attributes in alphabetical order, unsafe links left out.
    private static func attributes(of element: GumboElement, _ name: String) -> [(String, String)] {
        guard let names = AllowedHTML.attributes[name] else { return [] }
        return names.compactMap { attribute in
            withUnsafePointer(to: element.attributes) { list -> (String, String)? in
                guard let found = gumbo_get_attribute(list, attribute), let text = found.pointee.value else { return nil }
                let value = String(cString: text)
                return attribute != "href" || AllowedHTML.isSafeLink(value) ? (attribute, value) : nil
            }
        }
    }
}
