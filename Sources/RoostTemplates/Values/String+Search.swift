extension String {
    /// The byte offsets of the first `part` at or after `start`.
    func firstByteRange(of part: String, from start: Int = 0) -> Range<Int>? {
        withBytes { text in
            part.withBytes { needle in
                guard let first = needle.first else { return start..<start }
                var position = start
                while position + needle.count <= text.count {
                    if text[position] == first,
                        text[position..<position + needle.count].elementsEqual(needle)
                    {
                        return position..<position + needle.count
                    }
                    position += 1
                }
                return nil
            }
        }
    }

    /// The number of bytes that the first `count` code points take, or nil when there are fewer.
    func byteOffset(ofScalar count: Int) -> Int? {
        withBytes { bytes in
            var left = count
            for position in bytes.indices where bytes[position] & 0xC0 != 0x80 {
                if left == 0 { return position }
                left -= 1
            }
            return left == 0 ? bytes.count : nil
        }
    }

    /// The text of a range of bytes that starts and ends between characters.
    func bytes(_ range: Range<Int>) -> String {
        withBytes { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    /// The text with `old` replaced, at most `limit` times when that is not negative, as Python does it.
    ///
    /// - Throws: `TemplateError` when the result would be too long.
    func replacing(
        _ old: String, with new: String, limit: Int = -1, _ limits: TemplateLimits = .standard
    ) throws -> String {
        if old.isEmpty { return try insertingEverywhere(new, limit: limit, limits) }
        var result = ""
        var position = 0
        var left = limit
        while left != 0, let range = firstByteRange(of: old, from: position) {
            result += bytes(position..<range.lowerBound)
            result += new
            try limits.checkText(result.utf8.count)
            position = range.upperBound
            left -= 1
        }
        return position == 0 ? self : result + bytes(position..<utf8.count)
    }

    private func insertingEverywhere(_ new: String, limit: Int, _ limits: TemplateLimits) throws -> String {
        let (size, overflows) = new.utf8.count.multipliedReportingOverflow(by: unicodeScalars.count + 1)
        if limit < 0 { try limits.checkText(overflows ? .max : size) }
        var result = String.UnicodeScalarView()
        var left = limit
        for scalar in unicodeScalars {
            if left != 0 {
                result.append(contentsOf: new.unicodeScalars)
                left -= 1
            }
            result.append(scalar)
        }
        if left != 0 { result.append(contentsOf: new.unicodeScalars) }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// What Python's `str.isspace` accepts.
    var isPythonSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0: true
        case ..<0x1680: false
        default: properties.isWhitespace
        }
    }
}
