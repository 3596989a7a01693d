internal import RoostMarkup

/// Draws stacks as a flame graph: one HTML file or one SVG picture that needs nothing else.
///
/// The outermost function stands at the top. Colour says whose code it is: the application's own, Roost's, libpq's,
/// other libraries', the runtime's; statements and templates stand between the function that asked for them and the
/// code that did them.
struct FlameGraph {
    let title: String
    let subtitle: String
    let layout: FlameLayout
    /// Requests the stacks are of; times are shown for one of them.
    let requests: Int

    init(_ stacks: WeightedStacks, title: String, subtitle: String, requests: Int = 1) {
        self.title = title
        self.subtitle = subtitle
        self.requests = max(1, requests)
        layout = FlameLayout(stacks, root: Frame(module: Frame.endpoint, name: title))
    }

    static let width = 1200.0
    private static let rowHeight = 19
    private static let letterWidth = 6.6

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(HTMLEscape.escaped(title))</title><style>\(FlameStyle.page)\(FlameStyle.boxes)</style></head><body>
        <header><h1>\(HTMLEscape.escaped(title))</h1><p>\(HTMLEscape.escaped(subtitle))</p>
        <div class="bar"><ul>\(legend)</ul><input id="search" type="search" placeholder="Search functions" \
        aria-label="Search functions"><button id="reset" type="button">Reset zoom</button></div></header>
        <main>\(picture(inPage: true))</main>
        <footer id="detail">Point at a box for its whole name and time, click it to enlarge it.</footer>
        <script>
        const WIDTH = \(Int(Self.width)), LETTER = \(Self.letterWidth);
        \(FlameScript.text)</script></body></html>

        """
    }

    /// The picture alone; boxes tell their name and time when pointed at.
    var svg: String { picture(inPage: false) + "\n" }

    private var legend: String {
        Frame.Kind.allCases.map { "<li><i class=\"\($0.rawValue)\"></i>\(FlameStyle.words($0))</li>" }.joined()
    }

    private func picture(inPage: Bool) -> String {
        let top = inPage ? 0 : 64
        let height = layout.rows * Self.rowHeight + top + 4
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(height)" width="100%" \
            font-family="ui-monospace,Menlo,Consolas,monospace" font-size="11" role="img">
            """
        if !inPage {
            text += "<style>\(FlameStyle.boxes)</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
            text += "<text x=\"6\" y=\"20\" font-size=\"15\" font-weight=\"600\">\(HTMLEscape.escaped(title))</text>"
            text += "<text x=\"6\" y=\"38\">\(HTMLEscape.escaped(subtitle))</text>\(svgLegend)"
        }
        for box in layout.boxes { text += self.box(box, top: top) }
        return text + "</svg>"
    }

    private var svgLegend: String {
        var left = 6
        return Frame.Kind.allCases.map { kind in
            let word = FlameStyle.words(kind)
            defer { left += 26 + Int(Double(word.utf8.count) * Self.letterWidth) }
            return "<g class=\"\(kind.rawValue)\"><rect x=\"\(left)\" y=\"46\" width=\"11\" height=\"11\"/></g>"
                + "<text x=\"\(left + 16)\" y=\"56\">\(word)</text>"
        }.joined()
    }

    private func box(_ box: FlameLayout.Box, top: Int) -> String {
        let (left, width) = (box.left * Self.width, box.width * Self.width)
        let y = top + box.row * Self.rowHeight
        let name = HTMLEscape.escaped(box.frame.name)
        let hint = HTMLEscape.escaped(hint(box))
        let kind = box.row == 0 ? "root" : box.frame.kind.rawValue
        var text = "<g class=\"b \(kind)\" data-l=\"\(Column.fixed(box.left, 6))\" "
        text += "data-w=\"\(Column.fixed(box.width, 6))\" data-r=\"\(box.row)\" data-n=\"\(name)\" "
        text += "data-t=\"\(time(box))\">"
        text += "<title>\(hint)</title>"
        text += "<rect x=\"\(Column.fixed(left, 2))\" y=\"\(y)\" width=\"\(Column.fixed(max(0.3, width - 0.6), 2))\" "
        text += "height=\"\(Self.rowHeight - 1)\" rx=\"2\"/>"
        text += "<text x=\"\(Column.fixed(left + 4, 2))\" y=\"\(y + 13)\">"
        return text + "\(fitting(box.frame.name, time(box), width))</text></g>"
    }

    /// Shown behind the name where there is room for both.
    private func time(_ box: FlameLayout.Box) -> String {
        Column.milliseconds(box.total / Int64(requests), digits: 1) + " ms"
    }

    private func hint(_ box: FlameLayout.Box) -> String {
        let (total, own) = (box.total / Int64(requests), box.own / Int64(requests))
        let module = box.frame.module.isEmpty ? "" : " [\(box.frame.module)]"
        return "\(box.frame.name)\(module): \(Column.milliseconds(total, digits: 2)) ms, "
            + "\(Column.percent(box.total, of: layout.total)) %, self \(Column.milliseconds(own, digits: 2)) ms"
    }

    /// As much of a name as the box has room for, and the time behind it if that fits too.
    private func fitting(_ name: String, _ time: String, _ width: Double) -> String {
        let letters = Int((width - 8) / Self.letterWidth)
        guard letters >= 3 else { return "" }
        let scalars = name.unicodeScalars
        if scalars.count + 2 + time.utf8.count <= letters { return HTMLEscape.escaped(name) + "\u{A0} \(time)" }
        if scalars.count <= letters { return HTMLEscape.escaped(name) }
        return HTMLEscape.escaped(String(String.UnicodeScalarView(scalars.prefix(letters - 1)))) + "…"
    }
}
