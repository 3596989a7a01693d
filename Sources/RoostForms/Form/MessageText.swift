/// Messages with places for values in Python's way: `Field must be at least %(min)d characters long.`
enum MessageText {
    /// Puts values into their places. A name that is not given stays as it is; `%%` is a percent sign.
    static func fill(_ message: String, _ values: [String: String]) -> String {
        guard message.utf8.contains(UInt8(ascii: "%")) else { return message }
        var output = ""
        var rest = message[...]
        while let percent = rest.utf8.firstIndex(of: UInt8(ascii: "%")) {
            output += rest[..<percent]
            rest = rest[percent...]
            if rest.hasPrefix("%%") {
                output += "%"
                rest = rest.dropFirst(2)
            } else if let close = rest.utf8.firstIndex(of: UInt8(ascii: ")")), rest.hasPrefix("%("),
                let value = values[String(rest[rest.index(rest.startIndex, offsetBy: 2)..<close])]
            {
                output += value
                // The letter behind the parenthesis says how Python would convert the value.
                rest = rest[rest.utf8.index(after: close)...].dropFirst()
            } else {
                output += "%"
                rest = rest.dropFirst()
            }
        }
        return output + rest
    }
}
