/// Texts from outside on one line of a report.
enum OneLine {
    /// Runs of white space and control characters become one blank; what is longer than the limit is cut and marked.
    static func text(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            let isBlank = scalar.value <= 32 || (127...159).contains(scalar.value)
            if isBlank, scalars.isEmpty || scalars.last == " " { continue }
            if count == limit {
                scalars.append("…")
                break
            }
            scalars.append(isBlank ? " " : scalar)
            count += 1
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }
}
