/// Why a signed value was not accepted, in itsdangerous' order: expired is a kind of bad signature, a bad payload is not.
///
/// What `unverified` carries came with a signature that does not hold: show it to nobody and act on it never.
public enum SigningError: Error, Equatable, CustomStringConvertible {
    /// The signature holds and the value is too old, or comes from the future. `signedAt` is in seconds since 1970.
    case expired(String, unverified: [UInt8], signedAt: Int64)
    /// The signature of a timed value does not hold, or its time is missing or malformed.
    case badTimeSignature(String, unverified: [UInt8], signedAt: Int64?)
    /// The signature does not hold, or there is none.
    case badSignature(String, unverified: [UInt8]?)
    /// The signature holds, and what was signed cannot be read.
    case badPayload(String)

    /// True for every case but a bad payload: what `except BadSignature` catches in Python.
    public var isBadSignature: Bool {
        if case .badPayload = self { return false }
        return true
    }

    /// Whether the value was genuine and is only too old: an application then offers a new one.
    public var isExpired: Bool {
        if case .expired = self { return true }
        return false
    }

    /// What was signed, without any promise that it was; nil when nothing could be split off.
    public var unverified: [UInt8]? {
        switch self {
        case .expired(_, let value, _), .badTimeSignature(_, let value, _): value
        case .badSignature(_, let value): value
        case .badPayload: nil
        }
    }

    /// When the value says that it was signed, in seconds since 1970.
    public var signedAt: Int64? {
        switch self {
        case .expired(_, _, let time): time
        case .badTimeSignature(_, _, let time): time
        case .badSignature, .badPayload: nil
        }
    }

    public var description: String {
        switch self {
        case .expired(let text, _, _), .badTimeSignature(let text, _, _), .badSignature(let text, _),
            .badPayload(let text):
            text
        }
    }
}

/// A signer that cannot be made as asked for.
public struct SignerSetupError: Error, CustomStringConvertible {
    public let description: String
}
