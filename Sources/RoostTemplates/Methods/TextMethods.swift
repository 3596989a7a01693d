internal import RoostMarkup

/// One call of a method of `str` or `Markup`.
struct TextMethods {
    private let value: TemplateValue
    private let text: String
    private let name: String
    private let call: TemplateCall

    init(_ value: TemplateValue, _ name: String, _ call: TemplateCall) {
        self.value = value
        self.name = name
        self.call = call
        text = value.stringValue ?? ""
    }

    private static let withoutArguments: Set<String> = [
        "upper", "lower", "capitalize", "title", "swapcase", "casefold", "isalnum", "isalpha", "isascii", "isdecimal",
        "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper",
    ]

    func result() throws -> TemplateValue {
        if !call.positional.isEmpty || !call.keywords.isEmpty, Self.withoutArguments.contains(name) {
            throw TemplateError("\(value.typeName).\(name)() takes no arguments")
        }
        switch name {
        case "encode": return try encoded()
        case "upper", "lower", "capitalize", "title", "swapcase", "casefold", "strip", "lstrip", "rstrip", "center",
            "ljust", "rjust", "zfill", "expandtabs", "removeprefix", "removesuffix", "replace", "join", "format",
            "format_map":
            return alike(try changed())
        case "split", "rsplit", "splitlines", "partition", "rpartition": return try pieces()
        case "unescape": return .string(MarkupText.unescaped(text))
        case "striptags": return .string(MarkupText.withoutTags(text))
        case "startswith", "endswith", "find", "rfind", "index", "rindex", "count": return try searched()
        default: return .bool(TextTraits(text).has(name))
        }
    }

    /// Methods of `Markup` give `Markup`.
    private func alike(_ text: String) -> TemplateValue {
        value.isSafe ? .safe(SafeHTML(trusted: text)) : .string(text)
    }

    /// A string argument, as `str` takes it.
    private func string(_ index: Int) throws -> String {
        let argument = try Methods.required(call, index, name)
        guard let text = argument.stringValue else {
            throw TemplateError("\(name)() argument \(index + 1) must be str, not \(argument.typeName)")
        }
        return text
    }

    private func integer(_ index: Int) throws -> Int {
        guard let number = try Methods.required(call, index, name).positionValue else {
            throw TemplateError("'\(call[index]?.typeName ?? "")' object cannot be interpreted as an integer")
        }
        return number
    }

    /// Escaped where the text itself is safe.
    private func filled(_ argument: TemplateValue) throws -> String {
        guard argument.stringValue != nil || value.isSafe else {
            throw TemplateError("\(name)() argument must be str, not \(argument.typeName)")
        }
        return value.isSafe ? try argument.escapedText() : try argument.text()
    }

    // MARK: Changes

    private func changed() throws -> String {
        switch name {
        case "upper": return text.uppercased()
        case "lower": return text.pythonLowercased
        case "casefold": return text.caseFolded
        case "capitalize": return BuiltInFilters.capitalized(text)
        case "title": return titled
        case "swapcase": return swapped
        case "strip", "lstrip", "rstrip":
            let characters = try call[0].flatMap { $0.isNone ? nil : try string(0) }
            return BuiltInFilters.trimmed(text, characters, atStart: name != "rstrip", atEnd: name != "lstrip")
        case "center", "ljust", "rjust": return try padded()
        case "zfill": return try zeroFilled()
        case "expandtabs": return try expanded()
        case "removeprefix":
            return text.hasBytePrefix(try string(0)) ? text.bytes(try string(0).utf8.count..<text.utf8.count) : text
        case "removesuffix":
            return text.hasByteSuffix(try string(0))
                ? text.bytes(0..<text.utf8.count - (try string(0).utf8.count)) : text
        default: return try combined()
        }
    }

    private func combined() throws -> String {
        switch name {
        case "replace":
            let limit = try call.argument(2, "count").map { _ in
                try call[2] == nil ? call["count"]?.positionValue ?? -1 : integer(2)
            }
            return try text.replacing(
                try string(0), with: try filled(try Methods.required(call, 1, name)), limit: limit ?? -1,
                call.state.limits)
        case "join": return try joined(try Methods.required(call, 0, name).elements())
        case "format_map":
            guard case .dict(let mapping) = try Methods.required(call, 0, name) else {
                throw TemplateError("a mapping is expected")
            }
            var formatter = BraceFormatter(call: call, isSafe: value.isSafe, mapping: mapping)
            return try formatter.format(text)
        default:
            var formatter = BraceFormatter(call: call, isSafe: value.isSafe)
            return try formatter.format(text)
        }
    }

    private func joined(_ items: [TemplateValue]) throws -> String {
        var result = ""
        for (index, item) in items.enumerated() {
            if index > 0 { result += text }
            result += try filled(item)
            try call.state.limits.checkText(result.utf8.count)
        }
        return result
    }

    /// `str.title`: a letter after anything but a letter is a capital.
    private var titled: String {
        var result = ""
        var startsWord = true
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            result += startsWord ? scalar.properties.titlecaseMapping : String.lowered(scalars, index)
            startsWord = !scalar.properties.isCased
        }
        return result
    }

    private var swapped: String {
        let scalars = Array(text.unicodeScalars)
        return scalars.enumerated().map { index, scalar in
            scalar.properties.isUppercase
                ? String.lowered(scalars, index)
                : scalar.properties.isLowercase ? scalar.properties.uppercaseMapping : String(Character(scalar))
        }.joined()
    }

    private func padded() throws -> String {
        let filler = try call[1].map { _ in try string(1) } ?? " "
        guard filler.unicodeScalars.count == 1 else {
            throw TemplateError("The fill character must be exactly one character long")
        }
        let alignment: String.Alignment = name == "center" ? .center : name == "ljust" ? .left : .right
        return try text.padded(
            to: try integer(0), with: value.isSafe ? HTMLEscape.escaped(filler) : filler, alignment: alignment)
    }

    private func zeroFilled() throws -> String {
        let sign = text.first.map { $0 == "-" || $0 == "+" } ?? false ? String(text.prefix(1)) : ""
        let rest = String(text.dropFirst(sign.count))
        return sign + (try rest.padded(to: try integer(0) - sign.count, with: "0", alignment: .right))
    }

    private func expanded() throws -> String {
        let size = call.argument(0, "tabsize")?.positionValue ?? 8
        var column = 0
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let count = size > 0 ? min(size - column % size, 1000) : 0
                result.append(contentsOf: [Unicode.Scalar](repeating: " ", count: count))
                column += count
            } else {
                result.append(scalar)
                column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
            }
        }
        return String(result)
    }

    /// The text as bytes; templates can only print and count them.
    private func encoded() throws -> TemplateValue {
        let encoding = try call.argument(0, "encoding")?.text().lowercased() ?? "utf-8"
        if ["utf-8", "utf8", "utf_8"].contains(encoding) { return .native(BytesValue(Array(text.utf8))) }
        guard ["ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1"].contains(encoding) else {
            throw TemplateError("unknown encoding: \(encoding)")
        }
        let limit: UInt32 = encoding.hasSuffix("ascii") ? 0x80 : 0x100
        let handling = try call.argument(1, "errors")?.text() ?? "strict"
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value < limit {
                bytes.append(UInt8(scalar.value))
            } else if handling == "replace" {
                bytes.append(0x3F)
            } else if handling == "xmlcharrefreplace" {
                bytes += "&#\(scalar.value);".utf8
            } else if handling != "ignore" {
                throw TemplateError(
                    "'\(encoding)' codec can't encode character \(pythonQuoted(String(Character(scalar))))")
            }
        }
        return .native(BytesValue(bytes))
    }

    // MARK: Pieces

    private func pieces() throws -> TemplateValue {
        switch name {
        case "splitlines":
            return .array(text.pythonLines(keepingEnds: call.argument(0, "keepends")?.isTrue ?? false).map(alike))
        case "partition", "rpartition":
            let mark = try string(0)
            guard !mark.isEmpty else { throw TemplateError("empty separator") }
            let range = name == "partition" ? text.firstByteRange(of: mark) : text.lastByteRange(of: mark)
            guard let range else {
                let parts = name == "partition" ? [text, "", ""] : ["", "", text]
                return .tuple(TemplateList(parts.map(alike)))
            }
            let parts = [text.bytes(0..<range.lowerBound), mark, text.bytes(range.upperBound..<text.utf8.count)]
            return .tuple(TemplateList(parts.map(alike)))
        default: return .array(try split().map(alike))
        }
    }

    private func split() throws -> [String] {
        let limit =
            try call.argument(1, "maxsplit").map { argument in
                guard let number = argument.positionValue else { throw TemplateError("maxsplit must be an integer") }
                return number
            } ?? -1
        guard let separator = call.argument(0, "sep"), !separator.isNone else {
            return name == "split" ? text.words(limit: limit) : text.wordsFromEnd(limit: limit)
        }
        guard let mark = separator.stringValue else {
            throw TemplateError("must be str or None, not \(separator.typeName)")
        }
        guard !mark.isEmpty else { throw TemplateError("empty separator") }
        return name == "split" ? text.split(at: mark, limit: limit) : text.splitFromEnd(at: mark, limit: limit)
    }

    // MARK: Searches

    private func searched() throws -> TemplateValue {
        let scalars = text.unicodeScalars.count
        func bound(_ index: Int, _ fallback: Int) throws -> Int {
            guard let argument = call[index], !argument.isNone else { return fallback }
            let number = try integer(index)
            return number < 0 ? max(0, number + scalars) : number
        }
        let (start, end) = (try bound(1, 0), min(try bound(2, scalars), scalars))
        guard start <= end else { return try notFound() }
        let part =
            text.byteOffset(ofScalar: start).flatMap { first in
                text.byteOffset(ofScalar: end).map { text.bytes(first..<$0) }
            } ?? ""
        switch name {
        case "startswith": return .bool(try affixes().contains { part.hasBytePrefix($0) })
        case "endswith": return .bool(try affixes().contains { part.hasByteSuffix($0) })
        case "count": return .int(part.occurrences(of: try string(0)))
        default:
            let mark = try string(0)
            let range = name.hasPrefix("r") ? part.lastByteRange(of: mark) : part.firstByteRange(of: mark)
            guard let range else { return try notFound() }
            return .int(start + part.bytes(0..<range.lowerBound).unicodeScalars.count)
        }
    }

    private func notFound() throws -> TemplateValue {
        switch name {
        case "find", "rfind": return .int(-1)
        case "count": return .int(0)
        case "startswith", "endswith": return .bool(false)
        default: throw TemplateError("substring not found")
        }
    }

    private func affixes() throws -> [String] {
        guard case .tuple(let list) = try Methods.required(call, 0, name) else { return [try string(0)] }
        return try list.items.map { try $0.text() }
    }
}
