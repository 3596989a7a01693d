/// A format of dates in the letters of `strftime`: `%Y-%m-%d %H:%M`. English names, as in the C locale.
///
/// Reading follows Python's `strptime`: the whole text must fit, letters in any case, white space of any length.
public struct DateFormat: Sendable, ExpressibleByStringLiteral {
    enum Piece: Sendable {
        case letter(UInt8)
        case text(UInt8)
        case space
    }

    /// The format as written.
    public let text: String
    let pieces: [Piece]

    public init(stringLiteral text: String) { self.init(text) }

    /// A format; `%-d` writes without the leading zero. Letters it does not know stand for themselves.
    public init(_ text: String) {
        self.text = text
        var pieces: [Piece] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "%"), let next = bytes.first {
                bytes.removeFirst()
                let isPlain = next == UInt8(ascii: "-") && !bytes.isEmpty
                // A letter with its highest bit set is written without zeros.
                let letter = isPlain ? bytes.removeFirst() | 0x80 : next
                pieces.append(Self.letters.contains(letter & 0x7F) ? .letter(letter) : .text(letter & 0x7F))
            } else if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
                pieces.append(.space)
            } else {
                pieces.append(.text(byte))
            }
        }
        self.pieces = pieces
    }

    private static let letters = Set("YymdHIMSfpjbBaAUWw".utf8)

    static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Writes a moment.
    public func write(_ moment: CalendarDateTime) -> String {
        var output = ""
        for piece in pieces {
            switch piece {
            case .letter(let letter): output += Self.text(letter & 0x7F, moment, zeros: letter & 0x80 == 0)
            case .text(let byte): output.unicodeScalars.append(Unicode.Scalar(byte))
            case .space: output += " "
            }
        }
        return output
    }

    private static func text(_ letter: UInt8, _ moment: CalendarDateTime, zeros: Bool) -> String {
        let (date, time) = (moment.date, moment.time)
        func number(_ value: Int, _ width: Int = 2) -> String { zeros ? padded(value, width) : value.description }
        return switch letter {
        case UInt8(ascii: "Y"): number(date.year, 4)
        case UInt8(ascii: "y"): number(date.year % 100)
        case UInt8(ascii: "m"): number(date.month)
        case UInt8(ascii: "d"): number(date.day)
        case UInt8(ascii: "H"): number(time.hour)
        case UInt8(ascii: "I"): number((time.hour + 11) % 12 + 1)
        case UInt8(ascii: "M"): number(time.minute)
        case UInt8(ascii: "S"): number(time.second)
        case UInt8(ascii: "f"): number(time.microsecond, 6)
        case UInt8(ascii: "p"): time.hour < 12 ? "AM" : "PM"
        case UInt8(ascii: "j"): number(date.dayOfYear, 3)
        case UInt8(ascii: "b"): String(months[date.month - 1].capitalizedASCII.prefix(3))
        case UInt8(ascii: "B"): months[date.month - 1].capitalizedASCII
        case UInt8(ascii: "a"): String(days[date.weekday].capitalizedASCII.prefix(3))
        case UInt8(ascii: "A"): days[date.weekday].capitalizedASCII
        case UInt8(ascii: "U"): number((date.dayOfYear + 6 - (date.weekday + 1) % 7) / 7)
        case UInt8(ascii: "W"): number((date.dayOfYear + 6 - date.weekday) / 7)
        default: ((date.weekday + 1) % 7).description
        }
    }
}

extension String {
    /// The first letter in upper case.
    var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
