import Foundation
import Roost
import RoostHTTP
import RoostSigning
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Modes")
    struct ModeTests {
        @Test("off installs nothing at all")
        func off() throws {
            let app = try profiledApp { $0.mode = .off }
            #expect(app.profiler == nil)
            #expect(app.requestObserver == nil)
            let response = app.testClient().get("/fast")
            #expect(response.status == 200)
        }

        @Test("slow keeps requests over the threshold and failed ones, and throws the others away")
        func slow() throws {
            try withFolder { path in
                let app = try profiledApp {
                    ($0.mode, $0.folder, $0.threshold) = (.slow, path, 50_000_000)
                }
                let client = app.testClient()
                _ = client.get("/fast")
                #expect(try ProfileFolder(path).found.isEmpty)
                _ = client.get("/burn/80")
                _ = client.get("/fail")
                let names = try ProfileFolder(path).names()
                #expect(names.map(\.endpoint) == ["burn", "fail"])
                #expect(names[0].milliseconds >= 80)
                let heads = try names.map { try ProfileFolder(path).head($0) }
                #expect(heads.map(\.reasons) == ["slower than 50 ms", "status 500"])
                #expect(heads.map(\.kinds) == [["slow"], ["failed"]])
                #expect(try ProfileList.text(ProfileFolder(path), names).contains("  200  slow  "))
                #expect(try ProfileFolder(path).find(ProfileQuery(kept: .failed)) == [names[1]])
                let report = try text("\(path)/\(names[0].text).txt")
                #expect(report.contains("burn(milliseconds:)"))
                #expect(report.contains("Cost of this profile"))
            }
        }

        @Test("slow writes no more profiles in a minute than it may")
        func limited() throws {
            try withFolder { path in
                let app = try profiledApp {
                    ($0.mode, $0.folder, $0.maxPerMinute) = (.slow, path, 3)
                }
                for _ in 0..<8 { _ = app.testClient().get("/fail") }
                // The minute may change in between.
                #expect((3...6).contains(try ProfileFolder(path).found.count))
                #expect((app.profiler?.dropped ?? 0) >= 2)
            }
        }

        @Test("a token is heard when the profiles of the minute are used up")
        func tokenBeyondLimit() throws {
            try withFolder { path in
                let key: SecretKey = "key"
                let app = try profiledApp {
                    ($0.mode, $0.folder, $0.maxPerMinute, $0.key) = (.slow, path, 0, key)
                }
                let token = try ProfileToken(expires: Int64(Date().timeIntervalSince1970) + 600).signed(with: key)
                _ = app.testClient().get("/fail")
                _ = app.testClient().get("/fail", headers: [ProfileToken.header: token])
                let names = try ProfileFolder(path).names()
                #expect(names.count == 1)
                #expect(try ProfileFolder(path).head(names[0]).kinds == ["token", "failed"])
            }
        }

        @Test("all keeps everything; requests of one millisecond get files of their own")
        func all() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                for _ in 0..<20 { _ = app.testClient().get("/fast") }
                #expect(try ProfileFolder(path).found.count == 20)
            }
        }

        @Test("only chosen endpoints are kept when some are named")
        func endpoints() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder, $0.endpoints) = (.all, path, ["fast"]) }
                for target in ["/fast", "/burn/1", "/nothing"] { _ = app.testClient().get(target) }
                #expect(try ProfileFolder(path).names().map(\.endpoint) == ["fast"])
            }
        }

        @Test("an endpoint that does not exist is refused, with the one that was meant")
        func unknownEndpoint() throws {
            let error = #expect(throws: SettingError.self) { try profiledApp { $0.endpoints = ["fats"] } }
            #expect(error?.problem == "there is no endpoint fats; did you mean fast?")
        }

        @Test("signed keeps requests with a valid token, by header or cookie, and no others")
        func signed() throws {
            try withFolder { path in
                let key: SecretKey = "key"
                let app = try profiledApp { ($0.mode, $0.folder, $0.key) = (.signed, path, key) }
                let soon = Int64(Date().timeIntervalSince1970) + 600
                let good = try ProfileToken(expires: soon).signed(with: key)
                let bad = [
                    "", "nonsense", try ProfileToken(expires: soon).signed(with: "other"),
                    try ProfileToken(expires: soon - 1000).signed(with: key),
                    try ProfileToken(expires: soon, path: "/burn").signed(with: key),
                    try ProfileToken(expires: soon, user: "7").signed(with: key),
                ]
                let client = app.testClient()
                _ = client.get("/fast")
                for token in bad { _ = client.get("/fast", headers: [ProfileToken.header: token]) }
                #expect(try ProfileFolder(path).found.isEmpty)
                _ = client.get("/fast", headers: [ProfileToken.header: good])
                _ = client.get("/fast", headers: ["Cookie": "a=b; roost_profile=\(good)"])
                #expect(try ProfileFolder(path).found.count == 2)
            }
        }

        @Test("a token for one user profiles that user's requests alone")
        func user() throws {
            try withFolder { path in
                let key: SecretKey = "key"
                let app = try profiledApp { ($0.mode, $0.folder, $0.key) = (.signed, path, key) }
                app.profiler?.userOf = { $0.headers["X-User"] }
                let soon = Int64(Date().timeIntervalSince1970) + 600
                let token = try ProfileToken(expires: soon, user: "7").signed(with: key)
                for user in ["6", "7", "77"] {
                    _ = app.testClient().get("/fast", headers: [ProfileToken.header: token, "X-User": user])
                }
                #expect(try ProfileFolder(path).found.count == 1)
            }
        }

        @Test("what asks for it while it runs is kept, under the name it was told")
        func asked() throws {
            try withFolder { path in
                let app = App("asking")
                try app.get("/", endpoint: "index") { (request: Request) in
                    request.trace.profile?.keep(because: ProfileReason(.statement, "slow statement"))
                    return Response.text(request.trace.profile?.pattern ?? "none")
                }
                var settings = ProfilerSettings()
                settings.folder = path
                try app.useProfiler(settings)
                let pattern = app.testClient().get("/").text
                let found = try ProfileFolder(path).find(ProfileQuery(names: [pattern]))
                #expect(found.count == 1)
                #expect(try ProfileFolder(path).head(found[0]).reasons == "slow statement")
            }
        }

        @Test("what asks for it when the request is over is heard too")
        func askedLate() throws {
            try withFolder { path in
                let app = App("asking")
                try app.get("/", endpoint: "index") { (_: Request) in Response.text("") }
                try app.teardownRequest { request, _ in
                    request.trace.profile?.keep(because: ProfileReason(.app, "repeated statement"))
                }
                var settings = ProfilerSettings()
                settings.folder = path
                try app.useProfiler(settings)
                try SystemFile.makeFolder(path)
                app.accessLog = try LogFile(path: path + "/access.log")
                _ = app.testClient().get("/")
                let name = try #require(try ProfileFolder(path).names().first)
                #expect(try ProfileFolder(path).head(name).reasons == "repeated statement")
                #expect(try text(path + "/access.log").contains("\"profile\":\"\(name.text)\""))
            }
        }

        @Test("the access log line names the profile, and only when there is one")
        func accessLog() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder, $0.threshold) = (.slow, path, 30_000_000) }
                try SystemFile.makeFolder(path)
                app.accessLog = try LogFile(path: path + "/access.log")
                _ = app.testClient().get("/fast")
                _ = app.testClient().get("/burn/50")
                let lines = try text(path + "/access.log").split(separator: "\n")
                let name = try #require(try ProfileFolder(path).found.first)
                #expect(!lines[0].contains("\"profile\""))
                #expect(lines[1].contains("\"profile\":\"\(name)\""))
                let id = try ProfileFolder(path).head(ProfileName(name)!).requestID
                #expect(lines[1].contains("\"request_id\":\"\(id)\""))
            }
        }

        @Test("no record names a profile that will not be there")
        func noPattern() throws {
            try withFolder { path in
                let changes: [(inout ProfilerSettings) -> Void] = [
                    { $0.endpoints = ["other"] }, { $0.mode = .off }, { $0.mode = .signed }, { $0.maxPerMinute = 0 },
                ]
                for change in changes {
                    var settings = ProfilerSettings()
                    (settings.folder, settings.continuous, settings.key) = (path, 10, "key")
                    change(&settings)
                    let app = App("asking")
                    try app.get("/other", endpoint: "other") { (_: Request) in Response.text("") }
                    try app.get("/", endpoint: "index") { (request: Request) in
                        let profile = try #require(request.trace.profile)
                        profile.keep(because: ProfileReason(.statement, "slow statement"))
                        return Response.text(profile.pattern ?? "none")
                    }
                    try app.useProfiler(settings)
                    #expect(app.testClient().get("/").text == "none")
                    #expect(try ProfileFolder(path).found.isEmpty)
                }
            }
        }

        @Test("statements stand in the stacks, between the view and what ran them")
        func spans() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                _ = app.testClient().get("/sql")
                let name = try #require(try ProfileFolder(path).names().first)
                let profile = try ProfileFolder(path).profile(name)
                let sql = Frame(module: Frame.sql, name: "SELECT 1, -- a comment")
                let row = try #require(FunctionTable(profile.stacks).rows.first { $0.frame == sql })
                #expect(row.cumulative > profile.stacks.total / 2)
                let report = try text("\(path)/\(name.text).txt")
                #expect(report.contains("SELECT 1; -- a comment  (Example/Posts.swift:12)"))
                let phases = report.firstMatch(of: /Phases\n  .*SQL [0-9.]+ ms \([0-9.]+ %\)/)
                #expect(phases != nil, "\(report)")
            }
        }

        @Test("settings that cannot work are refused with what to do")
        func refusedSettings() throws {
            #expect(throws: SettingError.self) {
                try ProfilerSettings(Settings(known: ProfilerSettings.all, ["profiler.mode": "signed"]))
            }
            #expect(throws: SettingError.self) {
                try ProfilerSettings(
                    Settings(known: ProfilerSettings.all, ["profiler.continuous": "10", "profiler.folder": ""]))
            }
        }

        @Test("in production slow requests are kept, a hundred samples a second; while developing all, a thousand")
        func standards() throws {
            let known = ProfilerSettings.all + [Setting.appEnvironment]
            let standard = try ProfilerSettings(Settings(known: known))
            #expect(standard.mode == .slow && standard.hertz == 100 && standard.threshold == 500_000_000)
            let developing = try ProfilerSettings(Settings(known: known, [Setting.appEnvironment.key: "development"]))
            #expect(developing.mode == .all && developing.hertz == 1000)
            let told = [Setting.appEnvironment.key: "development", "profiler.mode": "signed", "profiler.hertz": "50"]
            let key = Setting("secret_key", .text, "key", "")
            let signed = try ProfilerSettings(Settings(known: known + [key], told))
            #expect(signed.mode == .signed && signed.hertz == 50)
        }
    }
}

extension ProfileQuery {
    init(names: [String] = [], kept: ProfileReason.Kind? = nil) {
        self.init()
        (self.names, self.kept) = (names, kept)
    }
}
