internal import RoostMarkup
import RoostTemplates

/// What a developer sees of an error on its page.
struct ErrorDetails {
    private let error: any Error

    /// Nil unless the app shows errors and there is one that nobody handled.
    init?(_ request: Request) {
        guard request.app.showsErrors, let error = request.error, !(error is HTTPError) else { return nil }
        self.error = error
    }

    func append(to page: inout [UInt8]) {
        page += "<section class=\"details\">\n".utf8
        if let error = error as? TemplateError {
            append(error, to: &page)
        } else {
            element("h2", "\(type(of: error))", to: &page)
            element("pre", "\(error)", to: &page)
        }
        page += "</section>\n".utf8
    }

    private func append(_ error: TemplateError, to page: inout [UInt8]) {
        element("h2", "\(error.template):\(error.line)", to: &page)
        element("p", error.message, to: &page)
        if let excerpt = error.excerpt {
            page += "<pre>".utf8
            for line in excerpt.lines { append(line, to: &page) }
            page += "</pre>\n".utf8
        }
        guard !error.chain.isEmpty else { return }
        page += "<ul>\n".utf8
        for place in error.chain { element("li", place.text, to: &page) }
        page += "</ul>\n".utf8
    }

    private func append(_ line: TemplateExcerpt.Line, to page: inout [UInt8]) {
        if line.isMarked { page += "<mark>".utf8 }
        page += "\(line.number)\t".utf8
        HTMLEscape.append(line.text, to: &page)
        if line.isMarked { page += "</mark>".utf8 }
        page += "\n".utf8
    }

    private func element(_ name: String, _ text: String, to page: inout [UInt8]) {
        page += "<\(name)>".utf8
        HTMLEscape.append(text, to: &page)
        page += "</\(name)>\n".utf8
    }

    static let style = """
        <style>
        .details h2 { font-size: 1rem } .details pre { overflow: auto; padding: 1rem; background: #f6f6f6; tab-size: 6 }
        .details mark { display: inline-block; min-width: 100%; background: #ffe9a8 }
        </style>

        """
}
