/// Python's `bytes`, which `str.encode` makes.
final class BytesValue: NativeValue {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    override var typeName: String { "bytes" }
    override var isTrue: Bool { !bytes.isEmpty }
    override var length: Int? { bytes.count }
    override func items() -> [TemplateValue]? { bytes.map { .int(Int($0)) } }

    override func element(_ key: TemplateValue) -> TemplateValue? {
        guard let index = key.positionValue else { return nil }
        let position = index < 0 ? index + bytes.count : index
        return bytes.indices.contains(position) ? .int(Int(bytes[position])) : nil
    }

    override func member(_ name: String) -> TemplateValue? {
        switch name {
        case "decode":
            .native(
                MethodValue("decode") { [bytes] _ in
                    guard let text = String(validating: bytes, as: UTF8.self) else {
                        throw TemplateError("'utf-8' codec can't decode the bytes")
                    }
                    return .string(text)
                })
        case "hex":
            .native(
                MethodValue("hex") { [bytes] _ in
                    .string(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
                })
        default: nil
        }
    }

    override func isEqual(to other: NativeValue) -> Bool { (other as? BytesValue)?.bytes == bytes }

    /// `b'…'` with everything but printable ASCII as escapes.
    override func text() -> String {
        let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
        var result = [UInt8(ascii: "b"), quote]
        for byte in bytes {
            switch byte {
            case 0x09: result += "\\t".utf8
            case 0x0A: result += "\\n".utf8
            case 0x0D: result += "\\r".utf8
            case 0x5C, quote: result += [0x5C, byte]
            case 0x20..<0x7F: result.append(byte)
            default: result += ("\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
            }
        }
        return String(decoding: result + [quote], as: UTF8.self)
    }
}
