/// A multipart/form-data body, as a browser sends it.
struct MultipartBody {
    /// Never part of what is sent: 16 random digits behind the dashes.
    let boundary: String
    private(set) var bytes: [UInt8] = []

    init(fields: [(name: String, value: String)], files: [UploadedFile]) throws {
        boundary = "----roost" + String(UInt64.random(in: .min ... .max), radix: 16)
        for (name, value) in fields {
            begin(name, filename: nil, type: nil)
            bytes += value.utf8
            bytes += "\r\n".utf8
        }
        for file in files {
            begin(file.name, filename: file.filename, type: file.contentType)
            bytes += try file.bytes()
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    private mutating func begin(_ name: String, filename: String?, type: String?) {
        bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(name))\"".utf8
        if let filename { bytes += "; filename=\"\(Self.escaped(filename))\"".utf8 }
        if let type, !type.isEmpty { bytes += "\r\nContent-Type: \(type)".utf8 }
        bytes += "\r\n\r\n".utf8
    }

    /// As the HTML standard has it: line ends and quotes as percent codes.
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 10: bytes += "%0A".utf8
            case 13: bytes += "%0D".utf8
            case 34: bytes += "%22".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
