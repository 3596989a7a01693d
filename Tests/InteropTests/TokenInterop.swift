import Roost
import Testing

@Suite("Interop: passwords, remember cookies, CSRF tokens", .comparesWithVectors)
struct TokenInterop {
    @Test("the login identifier is the same digest of the same text")
    func identifier() throws {
        for vector in try Vectors.of("login.identifier", in: "login_identifier", count: 9) {
            let address = vector.input["remote_addr"]?.string.map { Array($0.utf8) }
            let forwarded = vector.input["x_forwarded_for"]?.string.map { Array($0.utf8) }
            let agent = try vector.input["user_agent_hex"]?.string.map(TypedValue.bytes)
            let base = LoginIdentifier.base(address: address, forwardedFor: forwarded, userAgent: agent)
            #expect(String(decoding: base, as: UTF8.self) == vector.expected["base"]?.string, "\(vector.id)")
            let identifier = LoginIdentifier.make(address: address, forwardedFor: forwarded, userAgent: agent)
            #expect(identifier == vector.expected["sha512_hex"]?.string, "\(vector.id)")
        }
    }

    @Test("remember cookies are written alike")
    func remember() throws {
        for vector in try Vectors.of("remember.encode", in: "remember_cookie", count: 2) {
            let codec = try need(RememberCookie(key: SecretKey(try vector.text("secret_key"))))
            #expect(try codec.encode(vector.text("payload")) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("remember cookies are read alike, and a strange one is no user")
    func remembered() throws {
        for vector in try Vectors.of("remember.decode", in: "remember_cookie", count: 8) {
            let codec = try need(RememberCookie(key: SecretKey(try vector.text("secret_key"))))
            #expect(try codec.decode(vector.text("cookie")) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("a CSRF token is the same text")
    func sign() throws {
        for vector in try Vectors.of("csrf.sign", in: "csrf", count: 1) {
            let signer = CSRFToken(key: SecretKey(try vector.text("secret_key")))
            #expect(
                try signer.sign(vector.text("raw"), now: vector.now) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("a CSRF token is accepted or refused in the same words")
    func validate() throws {
        for vector in try Vectors.of("csrf.validate", in: "csrf", count: 10) {
            let signer = CSRFToken(key: SecretKey(try vector.text("secret_key")))
            let field = vector.input["config"]?["WTF_CSRF_FIELD_NAME"]?.string ?? "csrf_token"
            let now = try vector.now
            do throws(CSRFProblem) {
                try signer.validate(
                    vector.input["token"]?.string, raw: vector.input["session"]?[field], maxAge: 3600, now: now)
                #expect(vector.isValid, "\(vector.id)")
            } catch {
                let recommended = vector.expected["recommended"]?.string != nil
                let words = recommended ? CSRFProblem.mismatch.rawValue : vector.expected["message"]?.string
                #expect(error.description == words, "\(vector.id)")
            }
        }
    }

    @Test("passwords are right and wrong alike, and no stored hash fails a request")
    func passwords() throws {
        for vector in try Vectors.of("password.verify", in: "password", count: 24) {
            let check = PasswordHash.check(try vector.text("password"), against: try vector.text("hash"))
            if vector.expected["error"] != nil || vector.mayReject {
                guard case .unsupported = check else {
                    Issue.record("\(vector.id): \(check)")
                    continue
                }
            } else {
                #expect(check == (vector.isValid ? .correct : .wrong), "\(vector.id)")
            }
        }
    }
}
