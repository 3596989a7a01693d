import FoundationEssentials
import Testing

/// The templates and scripts as files.
@Suite("Templates and scripts")
struct TemplateFileTests {
    private static var templates: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: Blog.root + "/Sources/Flasky/Templates").sorted()
                .flatMap { name in
                    let path = Blog.root + "/Sources/Flasky/Templates/" + name
                    return name.hasSuffix(".html") ? [path] : try pages(in: path)
                }
        }
    }

    private static func pages(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".html") }
            .map { folder + "/" + $0 }
    }

    @Test("no page holds a script, a style or a handler itself: the security policy refuses them")
    func inline() throws {
        let templates = try Self.templates
        #expect(templates.count >= 10)
        for path in templates {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let inline = text.matches(of: #/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/#)
            #expect(inline.isEmpty, "\(path): \(inline.map { String($0.0) })")
        }
    }

    @Test("scripts evaluate no text")
    func evaluation() throws {
        let folder = Blog.root + "/Sources/Flasky/Static/"
        let scripts = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".js") }
        #expect(scripts.count == 3)
        for name in scripts {
            let text = try String(contentsOfFile: folder + name, encoding: .utf8)
            #expect(!text.contains(#/\beval\(|new Function|document\.write/#), "\(name)")
        }
    }
}
