import Foundation
import Testing

extension RealPrograms {
    @Suite("The users commands")
    struct UsersCommandTests {
        private typealias Answer = (status: Int32, output: String, errors: String)

        /// Runs a command with a password as its standard input.
        private func users(_ words: [String], _ url: String, password: String = "cat") throws -> Answer {
            let input = "/tmp/roost-p-\(UUID().uuidString.prefix(8))"
            try "\(password)\nnot the password\n".write(toFile: input, atomically: false, encoding: .utf8)
            defer { unlink(input) }
            return try ChildProcess.run(
                Programs.flasky, ["users"] + words + ["--database-url", url], folder: Programs.root, input: input)
        }

        @Test("make the first administrator, give roles, and say who is there")
        func story() throws {
            try withDatabase { url in
                for command in [["db", "upgrade"], ["roles"]] {
                    let made = try ChildProcess.run(
                        Programs.flasky, command + ["--database-url", url], folder: Programs.root)
                    #expect(made.status == 0, "\(made.errors)")
                }
                let boss = ["boss@example.com", "boss", "--role", "Administrator", "--password-stdin"]
                let added = try users(["add"] + boss, url)
                #expect(added.status == 0 && added.output == "added boss <boss@example.com>, Administrator\n")
                let again = try users(["add"] + boss, url)
                #expect(again.status == 1 && again.errors.contains("Email already registered."))
                let john = try users(["add", "john@example.com", "john", "--password-stdin"], url)
                #expect(john.status == 0 && john.output.hasSuffix(", User\n"))
                let role = try users(["promote", "john@example.com", "--role", "Moderator"], url)
                #expect(role.status == 0 && role.output == "john <john@example.com> is Moderator now\n")
                let last = try users(["promote", "boss@example.com", "--role", "User"], url)
                #expect(last.status == 1 && last.errors.contains("last administrator"))
                let list = try users(["list"], url)
                #expect(list.output.hasPrefix("1\tboss\tboss@example.com\tAdministrator\tconfirmed\t"))
                #expect(list.output.contains("\n2\tjohn\tjohn@example.com\tModerator\tconfirmed\t"))
            }
        }

        @Test("take no password from a command line, and none from nowhere")
        func password() throws {
            try withDatabase { url in
                let words = ["users", "add", "john@example.com", "john", "--database-url", url]
                let nowhere = try ChildProcess.run(Programs.flasky, words, folder: Programs.root)
                #expect(nowhere.status == 2 && nowhere.errors.contains("--password-stdin"))
                let shown = try ChildProcess.run(Programs.flasky, words + ["--password", "cat"], folder: Programs.root)
                #expect(shown.status == 2)
            }
        }
    }

    @Suite("Flasky in production")
    struct ProductionStartTests {
        @Test("the pool does not start where mails could have no links, and says what to set")
        func noHosts() throws {
            let deployment = try Deployment(.flasky, ["http.trusted_hosts="])
            defer { deployment.tearDown() }
            try deployment.spawnPool()
            let status = try deployment.pool?.wait(10)
            #expect(status == 3)
            #expect(Files.text("\(deployment.folder)/serve.err").contains("HTTP_SERVER_NAME"))
        }
    }
}
