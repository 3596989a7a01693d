/// A value for a variable of a pattern.
public enum PathValue {
    case text(String)
    case integer(Int)

    var text: String {
        switch self {
        case .text(let text): text
        case .integer(let number): number.description
        }
    }
}

extension PathConverter {
    /// Appends a value as a path writes it.
    /// - Returns: false, with nothing appended, when this converter would not match it again.
    func append(_ value: PathValue, to bytes: inout [UInt8]) -> Bool {
        switch (self, value) {
        case (.integer(let minimum, let maximum, 0, let signed), .integer(let number)):
            guard signed || number >= 0, number >= minimum ?? .min, number <= maximum ?? .max else { return false }
            Self.append(number, to: &bytes)
            return true
        case (.string(1, .max), .text(let text)):
            guard !text.isEmpty else { return false }
            PercentCoding.append(text, alsoAllowed: PercentCoding.inSegment, to: &bytes)
            return true
        default:
            guard let text = text(for: value.text) else { return false }
            let allowed = spansSegments ? PercentCoding.inPath : PercentCoding.inSegment
            PercentCoding.append(text, alsoAllowed: allowed, to: &bytes)
            return true
        }
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        guard number >= 0 else { return bytes.append(contentsOf: number.description.utf8) }
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(ASCII.zero + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
