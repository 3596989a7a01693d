import Foundation
import Roost
import Testing

@testable import RoostCommands

@Suite("Loading settings")
struct SettingsLoaderTests {
    static let known = [
        Setting("pool.workers", .count(1...64), "2", "workers"),
        Setting("pool.listen", .list, "unix:a", "sockets"),
        Setting("database.url", .text, nil, "database", secret: true),
        Setting("secret_key", .text, nil, "signs", secret: true), .appEnvironment,
    ]

    private func load(_ yaml: String?, environment: [String: String] = [:], flags: [SettingsLoader.Flag] = []) throws
        -> Settings
    {
        guard let yaml else {
            return try SettingsLoader(known: Self.known).load(file: nil, environment: environment, flags: flags)
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID()).yaml").path
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SettingsLoader(known: Self.known).load(file: path, environment: environment, flags: flags)
    }

    @Test("the environment wins over the file, a flag over both")
    func layers() throws {
        let yaml = "pool:\n  workers: 3\n"
        #expect(try load(yaml).count("pool.workers") == 3)
        #expect(try load(yaml, environment: ["POOL_WORKERS": "4"]).count("pool.workers") == 4)
        let flag = SettingsLoader.Flag("pool.workers", "5", name: "--workers")
        let settings = try load(yaml, environment: ["POOL_WORKERS": "4"], flags: [flag])
        #expect(try settings.count("pool.workers") == 5)
        #expect(try settings.value("pool.workers")?.origin == .flag("--workers"))
    }

    @Test("the section of the environment goes over the rest of the file, and under variables and flags")
    func sections() throws {
        let yaml = """
            pool:
              workers: 3
            environments:
              development:
                pool: {workers: 1}
              testing:
                pool: {workers: 2}
            """
        #expect(try load(yaml).count("pool.workers") == 3)
        #expect(try load(yaml).environment == .production)
        #expect(try load(yaml, environment: ["APP_ENVIRONMENT": "development"]).count("pool.workers") == 1)
        let flag = SettingsLoader.Flag("app.environment", "testing", name: "--environment")
        #expect(try load(yaml, environment: ["APP_ENVIRONMENT": "development"], flags: [flag]).count("pool.workers") == 2)
        #expect(try load(yaml, environment: ["POOL_WORKERS": "9"], flags: [flag]).count("pool.workers") == 9)
    }

    @Test("a mistake in a section that is not in use is found too, and so is a section that does not exist")
    func brokenSections() {
        let unknown = #expect(throws: SettingError.self) { try load("environments:\n  testing:\n    pool:\n      wrokers: 1\n") }
        #expect("\(unknown!)".contains(".yaml:4: pool.wrokers: unknown setting; did you mean pool.workers?"))
        let missing = #expect(throws: SettingError.self) { try load("environments:\n  staging:\n    pool:\n      workers: 1\n") }
        #expect("\(missing!)".contains("development, testing, production"))
    }

    @Test("a secret may come from a file that a variable names; a missing file is an error with its name")
    func secretFile() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID())").path
        try "postgresql://secret\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try load(nil, environment: ["DATABASE_URL_FILE": path]).text("database.url") == "postgresql://secret")
        let error = #expect(throws: SettingError.self) { try load(nil, environment: ["DATABASE_URL_FILE": "/no/such"]) }
        #expect("\(error!)".contains("DATABASE_URL_FILE: database.url: cannot read /no/such"))
    }

    @Test("a list is a YAML list, or one text with commas in the environment")
    func lists() throws {
        #expect(
            try load("pool:\n  listen: [unix:a, 127.0.0.1:9000]\n").list("pool.listen") == ["unix:a", "127.0.0.1:9000"])
        #expect(
            try load(nil, environment: ["POOL_LISTEN": "unix:a,unix:b"]).list("pool.listen") == ["unix:a", "unix:b"])
    }

    @Test("an unknown key in a file is refused with file, line and the nearest known key")
    func unknownKey() {
        let error = #expect(throws: SettingError.self) { try load("pool:\n  # how many\n  wrokers: 3\n") }
        #expect("\(error!)".contains(".yaml:3: pool.wrokers: unknown setting; did you mean pool.workers?"))
    }

    @Test("a value of the wrong kind is refused with its line")
    func wrongKind() {
        let error = #expect(throws: SettingError.self) { try load("pool:\n  workers: many\n") }
        #expect("\(error!)".contains(".yaml:2: pool.workers: must be a whole number"))
    }

    @Test("a secret on the command line is refused with where it belongs, and not repeated")
    func secretFlag() throws {
        let flag = SettingsLoader.Flag("secret_key", "canary", name: "--set")
        let error = #expect(throws: SettingError.self) { try load(nil, flags: [flag]) }
        #expect("\(error!)".contains("SECRET_KEY") && !"\(error!)".contains("canary"))
        #expect(try load(nil, environment: ["SECRET_KEY": "canary"]).text("secret_key") == "canary")
    }

    @Test("an empty value means: not set")
    func emptyValue() throws {
        #expect(try load("database:\n  url:\n").optionalText("database.url") == nil)
        #expect(try load("", environment: ["DATABASE_URL": ""]).optionalText("database.url") == nil)
    }

    @Test(
        "broken YAML, duplicate keys and nested lists are one-line errors with a line number",
        arguments: [
            "pool:\n  workers: [1\n", "pool:\n  workers: 1\n  workers: 2\n", "pool:\n  listen: [[a]]\n", "- a\n",
            "pool: {workers: {a: {}}}\n\t",
        ])
    func broken(yaml: String) {
        let error = #expect(throws: SettingError.self) { try load(yaml) }
        #expect(!"\(error!)".contains("\n"))
    }

    @Test("a file that is not there is named")
    func missingFile() {
        let error = #expect(throws: SettingError.self) {
            try SettingsLoader(known: Self.known).load(file: "/nowhere/x.yaml", environment: [:])
        }
        #expect("\(error!)".contains("cannot read /nowhere/x.yaml: No such file or directory"))
    }
}
