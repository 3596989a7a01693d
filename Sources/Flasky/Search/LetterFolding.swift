internal import RoostPostgres

/// Small letters without their marks, as an expression of SQL: `Müller` and `muller` become the same.
///
/// Only functions that every server has are used: no extension is needed, and the expression can be that of an index.
/// The letters are those of U+00C0 … U+017F (Latin-1 Supplement and Latin Extended-A) and Romanian's and German's beyond
/// that are an ASCII letter with marks, and those like ø and ß that people type as one when their keyboard lacks them.
enum LetterFolding {
    /// - Parameter text: an expression of the type `text`.
    static func sql(_ text: SQL) -> SQL {
        // A text of ASCII alone is known by its length; looking each letter up takes ten times as long.
        """
        lower(CASE WHEN octet_length(\(text)) = length(\(text)) THEN \(text)
            ELSE translate(\(text), \(.unsafe("'\(marked)'")), \(.unsafe("'\(plain)'"))) END)
        """
    }

    /// A plain letter and those that become it. Both cases stand here: not every collation's `lower` knows them.
    private static let letters: [(plain: Character, marked: String)] = [
        ("a", "àáâãäåāăąæÀÁÂÃÄÅĀĂĄÆ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"), ("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ"),
        ("g", "ĝğġģĜĞĠĢ"), ("h", "ĥħĤĦ"), ("i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ"), ("j", "ĵĴ"), ("k", "ķĶ"), ("l", "ĺļľłĹĻĽŁ"),
        ("n", "ñńņňÑŃŅŇ"), ("o", "òóôõöøōŏőœÒÓÔÕÖØŌŎŐŒ"), ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšșßŚŜŞŠȘẞ"), ("t", "ţťŧțŢŤŦȚ"),
        ("u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ"), ("w", "ŵŴ"), ("y", "ýÿŷÝŶŸ"), ("z", "źżžŹŻŽ"),
    ]

    private static let marked = letters.map(\.marked).joined()
    private static let plain = letters.map { String(repeating: $0.plain, count: $0.marked.unicodeScalars.count) }
        .joined()
}
