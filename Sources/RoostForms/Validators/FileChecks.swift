internal import RoostHTTP

extension Validator {
    /// A file was chosen.
    public static func fileRequired(_ message: String? = nil) -> Validator {
        Validator(flags: ["required": true]) { _, field in
            guard let files = FileField.files(of: field), !files.isEmpty else {
                throw StopValidation(message ?? field.translate("This field is required."))
            }
        }
    }

    /// The names of the files end in one of these, in any case: `.fileAllowed(["jpg", "png"])`. Names are what the
    /// client says: look into the file where it matters.
    public static func fileAllowed(_ extensions: [String], _ message: String? = nil) -> Validator {
        Validator { _, field in
            for file in FileField.files(of: field) ?? [] {
                let name = file.filename.lowercased()
                if extensions.contains(where: { name.hasSuffix("." + $0) }) { continue }
                let usual = field.translate("File does not have an approved extension: {extensions}")
                throw StopValidation(
                    message ?? usual.replacing("{extensions}", with: extensions.joined(separator: ", ")))
            }
        }
    }

    /// Each file has so many bytes.
    public static func fileSize(_ range: ClosedRange<Int64>, _ message: String? = nil) -> Validator {
        Validator { _, field in
            for file in FileField.files(of: field) ?? [] where !range.contains(file.size) {
                throw ValidationError(
                    message
                        ?? field.translate(
                            "File must be between \(range.lowerBound) and \(range.upperBound) bytes."))
            }
        }
    }

    /// Each file has at most so many bytes.
    public static func fileSize(_ range: PartialRangeThrough<Int64>, _ message: String? = nil) -> Validator {
        fileSize(0...range.upperBound, message)
    }
}
