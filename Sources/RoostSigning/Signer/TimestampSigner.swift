/// Signs byte strings together with the time, as itsdangerous' `TimestampSigner`: value, time, signature.
public struct TimestampSigner: Sendable {
    public let signer: Signer

    public init(_ signer: Signer) { self.signer = signer }

    /// The value with the time and the signature behind it.
    /// - Parameter now: seconds since 1970; a time before that counts as 1970
    public func sign(_ value: [UInt8], now: Int64 = UnixTime.now) -> [UInt8] {
        signer.sign(value + [signer.separator] + Base64.encodeURLSafe(Self.bytes(of: now)))
    }

    /// Takes time and signature off a value that holds.
    /// - Parameters:
    ///   - maxAge: the oldest that is accepted, in seconds; equal is accepted. Nil: any age, and the future too
    ///   - now: seconds since 1970
    /// - Throws: `SigningError`: a bad signature first, then a missing or malformed time, then the age
    public func unsign(
        _ signed: [UInt8], maxAge: Int64? = nil, now: Int64 = UnixTime.now
    ) throws(SigningError) -> (value: [UInt8], signedAt: Int64) {
        let timed: [UInt8]
        do {
            timed = try signer.unsign(signed)
        } catch {
            throw explained(error)
        }
        guard let split = timed.lastIndex(of: signer.separator) else {
            throw .badTimeSignature("timestamp missing", unverified: timed, signedAt: nil)
        }
        let value = Array(timed[..<split])
        guard let time = Self.time(timed[(split + 1)...]), time <= Self.latest else {
            throw .badTimeSignature("Malformed timestamp", unverified: value, signedAt: nil)
        }
        let signedAt = Int64(time)
        if let maxAge { try Self.check(age: now - signedAt, maxAge, value, signedAt) }
        return (value, signedAt)
    }

    private static func check(age: Int64, _ most: Int64, _ value: [UInt8], _ signedAt: Int64) throws(SigningError) {
        if age > most {
            throw .expired("Signature age \(age) > \(most) seconds", unverified: value, signedAt: signedAt)
        }
        // No tolerance, as in Python: hosts that share cookies need the same time.
        if age < 0 { throw .expired("Signature age \(age) < 0 seconds", unverified: value, signedAt: signedAt) }
    }

    /// The error of a signature that does not hold, with what can be told about the time.
    private func explained(_ error: SigningError) -> SigningError {
        guard let timed = error.unverified, let split = timed.lastIndex(of: signer.separator) else { return error }
        let (value, time) = (Array(timed[..<split]), Self.time(timed[(split + 1)...]))
        guard let time else { return .badTimeSignature(error.description, unverified: value, signedAt: nil) }
        guard time <= Self.latest else {
            return .badTimeSignature("Malformed timestamp", unverified: value, signedAt: nil)
        }
        return .badTimeSignature(error.description, unverified: value, signedAt: Int64(time))
    }

    /// The end of the year 9999: later times cannot be represented in Python.
    private static let latest: UInt64 = 253_402_300_799

    /// Big-endian without leading zeros, so that 0 is empty.
    private static func bytes(of seconds: Int64) -> [UInt8] {
        let number = UInt64(max(0, seconds))
        return (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }.drop { $0 == 0 } + []
    }

    private static func time(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard let bytes = Base64.decodeURLSafe(text), bytes.count <= 8 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
