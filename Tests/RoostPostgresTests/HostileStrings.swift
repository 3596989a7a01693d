/// Text that has broken one database layer or another: 200 strings, the same on every run.
enum HostileStrings {
    static let all: [String] = seeds + combined

    private static let seeds = [
        "", " ", "'", "''", "\"", "\\", "\\'", "'; DROP TABLE t; --", "' OR '1'='1", "$1", "$2", "$$", "$tag$",
        "%s", "%", "_", "?", ":name", "@x", "--", "/*", "*/", ";", "NULL", "null", "\\N", "\\.", "{}", "{1,2}", "\\x00",
        "E'\\n'", "\n", "\r\n", "\t", "\u{1}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}x", "é", "e\u{301}", "日本語",
        "👩‍👩‍👧", "\u{202E}abc", "\u{10FFFF}", "\u{FFFD}", "İıſß", "0", "-1", "1e999", "NaN", "infinity", "true", "t",
        "2026-01-01", "U&'\\0041'", "x'41'", "`", "a\"b'c\\d", "\\\\\\",
    ]

    private static var combined: [String] {
        var out: [String] = []
        var index = 0
        while out.count < 200 - seeds.count {
            let left = seeds[index % seeds.count]
            let right = seeds[(index * 7 + 3) % seeds.count]
            out.append(left + right + String(repeating: left, count: index % 5) + "\(index)")
            index += 1
        }
        return out
    }
}
