import Glibc
import RoostSigning
import Testing

/// The examples of the article "Sharing sessions and passwords with Flask", compiled and run.
@Suite("The article about sharing with Flask")
struct SharingArticleTests {
    @Test("its examples do what it says")
    func examples() throws {
        let cookie = try SessionCodec(key: "the key before it").encode(["name": "John"])
        let codec = SessionCodec(key: "the text of SECRET_KEY", fallbacks: ["the key before it"])
        let session = try codec.decode(cookie, lifetime: 2_678_400)
        let name = session["name"]?.string
        #expect(name == "John")

        let stored = try PasswordHash.make("correct horse")
        let isCorrect = PasswordHash.check("correct horse", against: stored).isCorrect
        let isWeak = PasswordHash.needsRehash(stored)
        #expect(isCorrect && !isWeak)

        let tokens = URLSafeTimedSerializer(keys: ["the text of SECRET_KEY"])
        let token = try tokens.dumps(["confirm": 23])
        let user = try tokens.loads(token, maxAge: 3600).value["confirm"]?.int
        #expect(user == 23)
    }

    @Test("every line of its examples stands in this file")
    func same() throws {
        let top = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let article = try lines("/\(top)/Sources/RoostSigning/RoostSigning.docc/SharingWithFlask.md")
        let here = Set(try lines(#filePath))
        var (isCode, count) = (false, 0)
        for line in article {
            if line.hasPrefix("```") {
                isCode = line == "```swift"
            } else if isCode {
                #expect(here.contains(line), "\(line)")
                count += 1
            }
        }
        #expect(count > 5)
    }

    private func lines(_ path: String) throws -> [String] {
        let file = try #require(fopen(path, "r"), "\(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " }.description }
    }
}
