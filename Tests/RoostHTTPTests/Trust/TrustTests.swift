import RoostHTTP
import Testing

@Suite("Who is believed")
struct TrustTests {
    @Test(
        "addresses lie in ranges or not",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.168.1.7", "192.168.1.7", true),
            ("192.168.1.0/25", "192.168.1.127", true), ("192.168.1.0/25", "192.168.1.128", false),
            ("0.0.0.0/0", "8.8.8.8", true), ("::/0", "8.8.8.8", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("127.0.0.1", "::ffff:127.0.0.1", true), ("::1", "::1", true),
            ("10.0.0.0/8", "nonsense", false),
        ])
    func ranges(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == expected)
    }

    @Test(
        "what is no range is refused",
        arguments: ["", "*", "10.0.0.0/33", "10.0.0/8", "a.b", "10.0.0.0/x", "::/129", "10.0.0.0/"])
    func noRange(text: String) { #expect(AddressRange(text) == nil) }
}
