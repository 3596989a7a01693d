import Foundation
import Roost
import RoostHTTP
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Files and quota")
    struct QuotaTests {
        private func fill(_ folder: ProfileFolder, _ count: Int, bytes: Int = 100) throws -> [String] {
            try (0..<count).map { number in
                let name = ProfileName(
                    start: 1_700_000_000_000_000 + Int64(number) * 1_000_000, endpoint: "e", nanoseconds: 0, pid: 1,
                    sequence: number)
                try folder.write(
                    ProfileFolder.Ending.allCases.map { ($0, [UInt8](repeating: 32, count: bytes)) }, name: name.text)
                return name.text
            }
        }

        @Test("the oldest profiles go first, by count and by bytes, and strange files stay")
        func oldestFirst() throws {
            try withFolder { path in
                let folder = ProfileFolder(path)
                let names = try fill(folder, 10)
                try "mine".write(toFile: path + "/notes.txt", atomically: false, encoding: .utf8)
                try folder.enforce(ProfileQuota(profiles: 6))
                #expect(try folder.found == Array(names.suffix(6)))
                try folder.enforce(ProfileQuota(profiles: 6, bytes: 1000))
                #expect(try folder.found == Array(names.suffix(2)))
                #expect(FileManager.default.fileExists(atPath: path + "/notes.txt"))
            }
        }

        @Test("minutes of the continuous profile have a count of their own: they do not push requests out")
        func twoKinds() throws {
            try withFolder { path in
                let folder = ProfileFolder(path)
                let names = try fill(folder, 4)
                let start: Int64 = 1_800_000_000_000_000
                let minutes = (0..<50).map { ContinuousProfile.fileName(start + $0 * 60_000_000, hertz: 10) }
                for minute in minutes { try SystemFile.append(Array("a;b 1\n".utf8), to: "\(path)/\(minute)") }
                try folder.enforce(ProfileQuota(profiles: 3, minutes: 20))
                #expect(try folder.found == Array(names.suffix(3)))
                #expect(try folder.continuousFiles() == Array(minutes.suffix(20)))
                try folder.enforce(ProfileQuota(profiles: 3, minutes: 20, bytes: 6 * 20))
                #expect(try folder.found.isEmpty, "bytes are counted together, and the oldest goes")
                #expect(try folder.continuousFiles().count == 20)
            }
        }

        @Test("a profile that the quota removed is left out of lists, one that is damaged is told of")
        func unreadable() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                for _ in 0..<2 { _ = app.testClient().get("/burn/5") }
                let folder = ProfileFolder(path)
                let names = try folder.names()
                try SystemFile.remove(folder.path(of: names[0].text, .trace))
                let text = try ProfileList.text(folder, names)
                #expect(!text.contains(names[0].text) && text.contains(names[1].text))
                let stacks = folder.path(of: names[1].text, .collapsed)
                try SystemFile.append(Array("half a line".utf8), to: stacks)
                #expect(try ProfileSet(folder, ProfileQuery()).summary.hasSuffix(", 1 damaged lines left out"))
                try SystemFile.writeAtomically([1, 2, 3], to: folder.path(of: names[1].text, .trace))
                #expect(throws: ProfileFormatError.self) { try ProfileList.text(folder, names) }
            }
        }

        @Test("half-written files of processes that died go when they are old")
        func leftovers() throws {
            try withFolder { path in
                let folder = ProfileFolder(path)
                let name = try fill(folder, 1)[0]
                let draft = folder.path(of: name, .text) + ".part"
                try "half".write(toFile: draft, atomically: false, encoding: .utf8)
                try folder.enforce(ProfileQuota())
                #expect(FileManager.default.fileExists(atPath: draft), "it may be in the making")
                let old: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSinceNow: -3600)]
                try FileManager.default.setAttributes(old, ofItemAtPath: draft)
                try folder.enforce(ProfileQuota())
                #expect(!FileManager.default.fileExists(atPath: draft))
                #expect(try folder.found == [name])
            }
        }

        @Test("a full disk leaves no half profile, and the request does not notice")
        func fullDisk() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                let limit = try FileLimit(bytes: 700)
                let response = app.testClient().get("/burn/30")
                limit.end()
                #expect(response.status == 200)
                #expect(app.profiler?.dropped == 1)
                #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
                _ = app.testClient().get("/fast")
                #expect(try ProfileFolder(path).found.count == 1)
            }
        }

        @Test("a folder that cannot be made is an error of the profile, not of the request")
        func noFolder() throws {
            try withFolder { path in
                try "a file".write(toFile: path, atomically: false, encoding: .utf8)
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path + "/below") }
                #expect(app.testClient().get("/fast").status == 200)
                #expect(app.profiler?.dropped == 1)
            }
        }

        @Test("a symbolic link planted for the draft is not followed")
        func plantedLink() throws {
            try withFolder { path in
                try SystemFile.makeFolder(path)
                try "precious".write(toFile: path + "/victim", atomically: false, encoding: .utf8)
                let (link, victim) = (path + "/new.part", path + "/victim")
                try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim)
                #expect(throws: ProfileFileError.self) { try SystemFile.writeAtomically([1], to: path + "/new") }
                #expect(try text(path + "/victim") == "precious")
            }
        }

        @Test("profiles are found by name, part, pattern, time, endpoint and request; what fits none is an error")
        func finding() throws {
            try withFolder { path in
                let app = try profiledApp { ($0.mode, $0.folder) = (.all, path) }
                for target in ["/fast", "/burn/30", "/fast"] { _ = app.testClient().get(target) }
                let folder = ProfileFolder(path)
                let all = try folder.names()
                #expect(try folder.find(ProfileQuery(names: ["latest"])) == [all[2]])
                #expect(try folder.find(ProfileQuery(names: ["fast"])).count == 2)
                #expect(try folder.find(ProfileQuery(names: ["*-burn-*"])) == [all[1]])
                #expect(try folder.find(ProfileQuery(names: ["\(path)/\(all[1].text).txt"])) == [all[1]])
                var query = ProfileQuery()
                query.slowerThan = 30
                #expect(try folder.find(query) == [all[1]])
                query = ProfileQuery()
                query.order = .time
                #expect(try folder.find(query).first == all[1])
                query.requestID = try folder.head(all[0]).requestID
                #expect(try folder.find(query) == [all[0]])
                query = ProfileQuery()
                query.since = .seconds(3600)
                #expect(try folder.find(query).count == 3)
                query.since = .zero
                #expect(try folder.find(query).isEmpty)
                #expect(throws: ProfileNotFound.self) { try folder.find(ProfileQuery(names: ["nobody"])) }
            }
        }
    }
}

/// Lets files grow to a size only, as a full disk does, until `end`.
struct FileLimit {
    private let before: rlimit
    private let handler: (@convention(c) (Int32) -> Void)?

    init(bytes: UInt) throws {
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(1), &limits)  // RLIMIT_FSIZE
        before = limits
        handler = signal(SIGXFSZ, SIG_IGN)
        limits.rlim_cur = bytes
        try #require(setrlimit(__rlimit_resource_t(1), &limits) == 0)
    }

    func end() {
        var limits = before
        setrlimit(__rlimit_resource_t(1), &limits)
        signal(SIGXFSZ, handler)
    }
}
