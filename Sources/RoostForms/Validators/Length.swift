extension Validator {
    /// The text has so many code points, or the list so many elements.
    /// - Parameter message: instead of the usual one; `%(min)d`, `%(max)d` and `%(length)d` stand for the numbers.
    public static func length(_ range: ClosedRange<Int>, _ message: String? = nil) -> Validator {
        length(minimum: range.lowerBound, maximum: range.upperBound, message)
    }

    /// At least so many.
    public static func length(_ range: PartialRangeFrom<Int>, _ message: String? = nil) -> Validator {
        length(minimum: range.lowerBound, maximum: nil, message)
    }

    /// At most so many.
    public static func length(_ range: PartialRangeThrough<Int>, _ message: String? = nil) -> Validator {
        length(minimum: nil, maximum: range.upperBound, message)
    }

    private static func length(minimum: Int?, maximum: Int?, _ message: String?) -> Validator {
        var flags: HTMLAttributes = [:]
        if let minimum { flags["minlength"] = .value(.integer(minimum)) }
        if let maximum { flags["maxlength"] = .value(.integer(maximum)) }
        return Validator(flags: flags) { _, field in
            guard let length = field.data.length else {
                throw FormError("the field \"\(field.name)\" has no length to check: it holds no text and no list")
            }
            if length >= minimum ?? 0, length <= maximum ?? .max { return }
            let text = message ?? field.translate(usualMessage(minimum, maximum))
            throw ValidationError(
                MessageText.fill(
                    text,
                    [
                        "min": (minimum ?? -1).description, "max": (maximum ?? -1).description,
                        "length": length.description,
                    ]))
        }
    }

    private static func usualMessage(_ minimum: Int?, _ maximum: Int?) -> String {
        switch (minimum, maximum) {
        case (1?, nil): "Field must be at least %(min)d character long."
        case (_?, nil): "Field must be at least %(min)d characters long."
        case (nil, 1?): "Field cannot be longer than %(max)d character."
        case (nil, _): "Field cannot be longer than %(max)d characters."
        case (1?, 1?): "Field must be exactly %(max)d character long."
        case (let minimum?, let maximum?) where minimum == maximum: "Field must be exactly %(max)d characters long."
        default: "Field must be between %(min)d and %(max)d characters long."
        }
    }
}
