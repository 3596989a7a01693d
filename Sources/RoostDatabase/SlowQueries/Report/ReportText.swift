internal import RoostPostgres

/// Numbers and times as reports print them.
enum ReportText {
    /// `0.42 ms`, `310 ms`, `1.20 s`, `12 min`, `3.4 h`, from microseconds.
    static func duration(_ microseconds: Int64) -> String {
        let milliseconds = Double(microseconds) / 1000
        switch milliseconds {
        case ..<10: return decimal(milliseconds, 2) + " ms"
        case ..<1000: return decimal(milliseconds, 0) + " ms"
        case ..<10_000: return decimal(milliseconds / 1000, 2) + " s"
        case ..<600_000: return decimal(milliseconds / 1000, 1) + " s"
        case ..<7_200_000: return decimal(milliseconds / 60_000, 0) + " min"
        default: return decimal(milliseconds / 3_600_000, 1) + " h"
        }
    }

    /// `41.2 %`, from two amounts.
    static func share(_ part: Int64, of whole: Int64) -> String {
        whole == 0 ? "0.0 %" : decimal(Double(part) / Double(whole) * 100, 1) + " %"
    }

    /// `2026-11-21 14:03:51`, in UTC, from microseconds since 1970.
    static func time(_ microseconds: Int64) -> String {
        let text = Timestamp(unixSeconds: Timestamp(microseconds: microseconds).unixSeconds).isoformat
        return String(decoding: text.utf8.map { $0 == UInt8(ascii: "T") ? 0x20 : $0 }, as: UTF8.self)
    }

    static func decimal(_ number: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((number * scale).rounded())
        guard digits > 0 else { return String(scaled) }
        let rest = String(scaled % Int(scale))
        return "\(scaled / Int(scale))." + String(repeating: "0", count: digits - rest.utf8.count) + rest
    }

    /// On one line, cut with an ellipsis.
    static func line(_ text: String, width: Int) -> String {
        let clean = printable(text, keepsLines: false)
        return clean.unicodeScalars.count <= width
            ? clean : String(String.UnicodeScalarView(clean.unicodeScalars.prefix(width - 1))) + "…"
    }

    /// A folded statement on one line: a long list of columns gives way to what it is selected from.
    static func statement(_ text: String, width: Int) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count > width, text.hasPrefix("select "), let from = endOfColumns(bytes), from > 60 else {
            return line(text, width: width)
        }
        let list = String(decoding: bytes[..<40], as: UTF8.self)
        let end = list.utf8.lastIndex(of: 0x20) ?? list.endIndex
        return line(list[..<end] + " …" + String(decoding: bytes[from...], as: UTF8.self), width: width)
    }

    /// Where the blank before the outermost FROM stands.
    private static func endOfColumns(_ bytes: [UInt8]) -> Int? {
        var depth = 0
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0, byte == 0x20, bytes[index...].starts(with: " from ".utf8) { return index }
        }
        return nil
    }

    /// Without the control bytes with which a log line could move a terminal's cursor.
    static func printable(_ text: String, keepsLines: Bool = true) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            out.append(isControl && !(keepsLines && scalar == "\n") ? " " : scalar)
        }
        return String(out)
    }

    /// Columns two blanks apart; the last is not padded. Columns in `right` are set to the right.
    static func table(_ rows: [[String]], right: Set<Int> = []) -> [String] {
        guard let columns = rows.first?.count else { return [] }
        let widths = (0..<columns).map { column in rows.map { width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - width(row[column]))
                if right.contains(column) { return blanks + row[column] }
                return column == columns - 1 ? row[column] : row[column] + blanks
            }.joined(separator: "  ")
        }
    }

    private static func width(_ text: String) -> Int { text.unicodeScalars.count }
}
