internal import RoostCompression

/// JSON bytes to URL-safe text and back: compressed when that is shorter, which a leading dot tells.
enum URLSafePayload {
    private static let dot = UInt8(ascii: ".")

    static func encode(_ json: [UInt8]) -> [UInt8] {
        let packed = Zlib.deflate(json)
        // itsdangerous counts the dot: only a gain of two bytes or more is worth it.
        return packed.count < json.count - 1 ? [dot] + Base64.encodeURLSafe(packed) : Base64.encodeURLSafe(json)
    }

    /// The JSON bytes. Call it only once the signature has been checked.
    static func decode(_ payload: [UInt8], limit: Int) throws(SigningError) -> [UInt8] {
        let isPacked = payload.first == dot
        guard let bytes = Base64.decodeURLSafe(payload.dropFirst(isPacked ? 1 : 0)) else {
            throw .badPayload("Could not base64 decode the payload because of an exception")
        }
        guard isPacked else {
            guard bytes.count <= limit else { throw tooLarge(limit) }
            return bytes
        }
        do {
            return try Zlib.inflate(bytes, limit: limit)
        } catch .tooLarge {
            throw tooLarge(limit)
        } catch {
            throw .badPayload("Could not zlib decompress the payload before decoding the payload")
        }
    }

    /// A value from JSON bytes, its error in itsdangerous' words.
    static func value(_ json: [UInt8], depth: Int) throws(SigningError) -> SessionValue {
        do {
            return try PayloadParser.parse(json, depth: depth)
        } catch {
            throw .badPayload("Could not load the payload because an exception occurred on unserializing the data.")
        }
    }

    private static func tooLarge(_ limit: Int) -> SigningError {
        .badPayload("The payload has more than \(limit) bytes")
    }
}
