internal import RoostPostgres

/// Rows as aligned text.
struct ShellTable {
    let lines: [String]

    /// Numbers stand at the right, NULL shows as `NULL`, and what would break a line or command the terminal is
    /// escaped.
    init(_ result: TextResult) {
        let heads = result.columns.map { Self.cell($0.name) }
        let rows = result.rows.map { row in row.map { $0.map(Self.cell) ?? Cell(text: "NULL", width: 4) } }
        let widths = heads.indices.map { column in
            max(heads[column].width, rows.map { $0[column].width }.max() ?? 0)
        }
        let line = { (cells: [Cell]) in
            Self.joined(cells.indices.map { Self.padded(cells[$0], widths[$0], right: result.columns[$0].isNumber) })
        }
        lines = [line(heads), widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")] + rows.map(line)
    }

    private struct Cell {
        let text: String
        let width: Int
    }

    private static func cell(_ text: String) -> Cell {
        let shown = escaped(text)
        return Cell(text: shown, width: shown.unicodeScalars.reduce(0) { $0 + width($1) })
    }

    private static func joined(_ cells: [String]) -> String {
        var line = cells.joined(separator: "  ")
        while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
        return line
    }

    private static func padded(_ cell: Cell, _ width: Int, right: Bool) -> String {
        let blanks = String(repeating: " ", count: width - cell.width)
        return right ? blanks + cell.text : cell.text + blanks
    }

    /// A value cannot move the cursor or colour the terminal: control characters are written out.
    /// - Parameter keepsLines: leaves line feeds and tabs as they are.
    static func escaped(_ text: String, keepsLines: Bool = false) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLines, "\t" where keepsLines: shown.append(scalar)
            case "\n": shown.append(contentsOf: "\\n".unicodeScalars)
            case "\t": shown.append(contentsOf: "\\t".unicodeScalars)
            case "\r": shown.append(contentsOf: "\\r".unicodeScalars)
            case _ where scalar.properties.generalCategory == .control:
                let digits = String(scalar.value, radix: 16)
                shown.append(contentsOf: ("\\x" + (digits.utf8.count < 2 ? "0" : "") + digits).unicodeScalars)
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// Columns of a terminal that a character takes: none for what joins the one before, two in East Asia and for
    /// pictures.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
