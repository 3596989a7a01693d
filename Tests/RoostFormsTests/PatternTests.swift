import RoostForms
import Testing

@Suite("Patterns")
struct PatternTests {
    @Test(
        "what cannot be matched in linear time, or is malformed, is refused with its place",
        arguments: [
            ("(?=x)", "look-arounds"), (#"(a)\1"#, "not supported"), ("(a", "no )"), ("a)", "without its ("),
            ("[a", "no ]"),
            ("*a", "nothing to repeat"), ("a**", "count follows"), ("a{3,2}", "above the greatest"),
            ("[z-a]", "ends before"),
            ("\\", "ends with a backslash"), (#"\q"#, "not supported"), ("a{1001}", "1000 at most"),
            (#"\x1"#, "too few"),
            ("(?i)a", "not supported"), ("^*", "nothing to repeat"), ("(a{1000}){1000}", "too large"),
        ])
    func refused(pattern: String, problem: String) {
        let error = #expect(throws: PatternSyntaxError.self) { try Pattern(pattern) }
        #expect(error?.description.contains(problem) == true, "\(pattern): \(error as Any)")
    }

    @Test("a pattern that would take Python years takes no time", .timeLimit(.minutes(1)))
    func linear() throws {
        let text = String(repeating: "a", count: 3000) + "!"
        #expect(try !Pattern("^(a+)+$").matches(text))
        #expect(try !Pattern("(a|aa|a?)*b", ignoringCase: true).matches(text))
    }
}

@Suite("Values of fields")
struct FieldValueTests {
    @Test(
        "decimals compare and round by their value",
        arguments: [
            ("1.005", 2, "1.00"), ("1.015", 2, "1.02"), ("0.5", 0, "0"), ("1.5", 0, "2"), ("9.99", 1, "10.0"),
            ("-2.675", 2, "-2.68"),
            ("1e3", 1, "1000.0"), ("0", 3, "0.000"),
        ])
    func rounding(text: String, places: Int, result: String) throws {
        #expect(DecimalNumber(text)?.rounded(places: places)?.description == result)
    }

    @Test("numbers of all types compare by value; NaN compares with nothing")
    func comparing() throws {
        let decimal = try FieldValue.decimal(#require(DecimalNumber("1.50")))
        #expect(decimal == .float(1.5) && decimal.compare(2) == .less && FieldValue.bool(true) == 1)
        #expect(FieldValue.float(.nan).compare(1) == .incomparable && FieldValue.text("1") != 1)
        #expect(FieldValue.decimal(DecimalNumber("1e999999")!).compare(.float(.infinity)) == .less)
    }

    @Test(
        "texts that are no decimal are none",
        arguments: ["", "-", ".", "e5", "1e", "1.2.3", "1e9999999", "0x1", "nanx"])
    func noDecimal(text: String) { #expect(DecimalNumber(text) == nil) }

    @Test(
        "the days of week formats are those of Python",
        arguments: [
            ("2024-W00-1", "2024-01-01"), ("2024-W54-1", nil), ("2024-W01-1", "2024-01-01"),
            ("2026-W00-5", "2026-01-02"), ("2026-W52-0", "2027-01-03"),
        ])
    func weeks(text: String, day: String?) {
        #expect(DateFormat("%Y-W%W-%w").read(text)?.date.description == day)
    }
}

@Suite("Addresses by the older rule")
struct HostRuleTests {
    @Test(
        "only the host is looked at, and blanks and control characters before it",
        arguments: [
            ("a@@x.com", true), ("john@example.com", true), ("a@b.c", false), ("a@1.2.3.4", false), ("a@b_c.com", true),
            ("@x.com", false), ("a@x.com ", false), ("a b@x.com", false), ("a\r\nBcc: y@x.com", false),
            ("a@b..com", false),
            ("a@xn--bcher-kva.de", true), ("a@bücher.de", true),
        ])
    func hosts(address: String, isValid: Bool) {
        #expect(EmailAddress.isValid(address, .host) == isValid)
    }
}
