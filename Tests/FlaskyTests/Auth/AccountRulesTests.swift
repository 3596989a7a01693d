import RoostForms
import RoostPostgres
import Testing

@testable import Flasky

@Suite("Rules for usernames and e-mail addresses")
struct AccountRulesTests {
    @Test(
        "an address needs something before the @ and a host with a domain behind it",
        arguments: [
            "john@example.com", "JOHN@Example.Com", "a@@x.com", "john.o'neil+tag@mail.example.co.uk",
            "jürgen@example.com",
            "a@münchen.de", "a@xn--mnchen-3ya.de", "a@b-c.com",
        ])
    func goodAddress(text: String) { #expect(AccountRules.isEmail(text)) }

    @Test(
        "what is no address, or could break out of a mail's header, is refused",
        arguments: [
            "", "john", "@x.com", "a@b.c", "a@1.2.3.4", "a@b_c.com", "a@x.com ", " a@x.com", "a b@x.com", "a@.x.com",
            "a@b..com", "a@-b.com", "a@x.com\n", "a\r\nBcc: b@x.com", "a\u{0}@x.com", "a\u{85}@x.com", "a\u{A0}b@x.com",
            "a\u{202E}b@x.com", "a,b@x.com", "<a@x.com>", "a\"b@x.com", "a;b@x.com", "a\\b@x.com", "a@",
        ])
    func badAddress(text: String) { #expect(!AccountRules.isEmail(text)) }

    @Test(
        "a username begins with a letter and goes on with letters, digits, dots and underscores",
        arguments: ["a", "john", "John.O_Neil2", "z9._"])
    func goodUsername(text: String) { #expect(AccountRules.isUsername(text)) }

    @Test(
        "any other username is refused, also one with a line feed behind it",
        arguments: ["", "9a", ".a", "_a", "a b", "a-b", "jürgen", "john\n", "john\u{0}", "a\u{301}", " john"])
    func badUsername(text: String) { #expect(!AccountRules.isUsername(text)) }

    @Test("an address or a name is taken in every letter case, but not by its owner", .enabled(if: Blog.server != nil))
    func taken() throws {
        try Blog.with { blog in
            let john = try blog.add("John")
            try blog.database.execute("UPDATE users SET email = 'John@Example.com'")
            let taken = ValidationError("Email already registered.")
            for email in ["john@example.com", "JOHN@EXAMPLE.COM"] {
                #expect(throws: taken) { try AccountRules.checkEmailIsFree(email, in: blog.database) }
                try AccountRules.checkEmailIsFree(email, except: john, in: blog.database)
            }
            try AccountRules.checkEmailIsFree("jo@example.com", in: blog.database)
            try AccountRules.checkEmailIsFree("john@example.com\u{0}", in: blog.database)
            for name in ["John", "john", "JOHN"] {
                #expect(throws: ValidationError("Username already in use.")) {
                    try AccountRules.checkUsernameIsFree(name, in: blog.database)
                }
                try AccountRules.checkUsernameIsFree(name, except: john, in: blog.database)
            }
            try AccountRules.checkUsernameIsFree("Joh_", in: blog.database)
            try AccountRules.checkUsernameIsFree("John\u{0}", in: blog.database)
        }
    }

    @Test(
        "an address that was stored as typed is found, and the same in lower case goes before it",
        .enabled(if: Blog.server != nil))
    func found() throws {
        try Blog.with { blog in
            try blog.add("John")
            try blog.database.execute("UPDATE users SET email = 'John@Example.com'")
            let first = try User.find(email: "JOHN@example.com", in: blog.database)
            #expect(first?.username == "John" && first?.role.value?.name == "User")
            let other = try blog.add("jo")
            try blog.database.execute("UPDATE users SET email = 'john@example.com' WHERE id = \(other.id)")
            let second = try User.find(email: "John@Example.com", in: blog.database)
            #expect(second?.username == "jo")
        }
    }
}
