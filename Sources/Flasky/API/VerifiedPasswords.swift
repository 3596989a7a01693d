internal import Roost
internal import RoostSigning

/// The passwords that a worker has found right a moment ago, so that a client that sends its password with every call
/// does not cost a million rounds of PBKDF2 each time.
///
/// What is kept of a password is an HMAC-SHA256 of it and of the stored hash, under a random key that the worker draws
/// for itself and keeps in its memory alone:
///
/// - The user is read from the database at every call. A password that was changed, reset or hashed anew has another
///   stored hash, so its entry is never found again; roles and confirmation are not remembered at all.
/// - Only right passwords are kept. A wrong one costs the full hash every time and counts as a failure, and how long an
///   answer takes tells only those who know the password that somebody has used it before.
/// - The limit of failures is asked before this memory, so it is no way to guess faster than through the hash.
/// - Who can read the memory of a worker finds the key beside the entries and can guess at the speed of HMAC; they find
///   the passwords themselves too, in the requests that pass through it. Nothing is written anywhere.
final class VerifiedPasswords {
    private static let capacity = 1000
    /// In nanoseconds.
    private let lifetime: Int64
    /// Drawn at the first use, which is in a worker: never shared with another process.
    private lazy var key = SecureRandom.bytes(32)
    /// When each entry ends, on the monotonic clock.
    private var ends: [[UInt8]: Int64] = [:]

    /// - Parameter lifetime: how long a password is known; zero: not at all
    init(lifetime: Duration) { self.lifetime = Int64(lifetime / .nanoseconds(1)) }

    /// Whether a password was right for a stored hash, not long ago.
    func knows(_ password: String, of hash: String, now: Int64 = Clock.monotonic()) -> Bool {
        guard !ends.isEmpty, let end = ends[entry(password, hash)] else { return false }
        return now < end
    }

    /// Keeps that a password is right for a stored hash.
    func add(_ password: String, of hash: String, now: Int64 = Clock.monotonic()) {
        guard lifetime > 0 else { return }
        if ends.count >= Self.capacity { ends = ends.filter { $0.value > now } }
        if ends.count >= Self.capacity { ends = [:] }
        ends[entry(password, hash)] = now + lifetime
    }

    private func entry(_ password: String, _ hash: String) -> [UInt8] {
        // The length keeps the beginning of a password from passing for the end of a hash.
        SigningDigest.sha256.authenticate(Array("\(hash.utf8.count):\(hash)\(password)".utf8), key: key)
    }
}
