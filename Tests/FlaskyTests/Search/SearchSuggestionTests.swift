import Roost
import RoostPostgres
import Testing

@testable import Flasky

extension Blog {
    /// What a search says may have been meant.
    fileprivate func suggestion(
        _ typed: String, _ kind: SearchKind = .posts, seesDisabled: Bool = false
    ) throws -> SearchSuggestion {
        try find(typed, kind, seesDisabled: seesDisabled).suggestion
    }

    fileprivate func makeIndexes() throws {
        let english = try #require(SearchLanguage("english"))
        try SearchIndex(language: english, database: database).makeCurrent { _ in }
    }
}

@Suite("What may have been meant", .enabled(if: Blog.server != nil))
struct SearchSuggestionTests {
    @Test("people called nearly so are offered whatever was looked for, on the page and through the API")
    func people() throws {
        try Blog.with { blog in
            try blog.add("susan")
            let api = blog.api(as: try blog.add("john"))
            for kind in SearchKind.allCases {
                let page = blog.client.get("/search?q=susn&type=\(kind.rawValue)").text
                #expect(page.contains("Did you mean <a href=\"/user/susan\">susan</a>?"), "\(kind)")
                let json = try api.get("/search/?q=susn&type=\(kind.rawValue)").json()
                #expect(json["users"] == ["susan"] && json["suggestion"] == .null, "\(kind)")
            }
        }
    }

    @Test("nobody is offered who was typed or is among what was found")
    func peopleFound() throws {
        try Blog.with { blog in
            try blog.add("susan")
            try blog.add("susan_b")
            try blog.add("suzan")
            for typed in ["susan", "SUSAN", "\"susan\""] {
                for kind in SearchKind.allCases {
                    #expect(try blog.suggestion(typed, kind).people == ["suzan"], "\(typed) \(kind)")
                }
            }
        }
    }

    @Test("a word that finds something is not replaced, whether its words are known or not")
    func foundWords() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "a quiet morning and foxglove for everybody", by: john)
            try blog.readWords()
            try blog.add(post: "the quick foxes", by: john)
            try blog.add(comment: "gloves", by: john, to: post)
            for typed in ["fox", "quick fox", "fox quick", "quick glove", "\"quick fox\" quick", "qui"] {
                for kind in SearchKind.allCases { #expect(try blog.suggestion(typed, kind).text == nil, "\(typed) \(kind)") }
            }
            // Only as the last word it is the beginning of one.
            #expect(try blog.suggestion("everybod").text == nil)
            #expect(try blog.suggestion("everybod quiet").text == "everybody quiet")
        }
    }

    @Test("a word that only hidden comments have is replaced for who may not see them")
    func hiddenWords() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "shameless", by: john)
            try blog.add(comment: "shamelesss", by: john, to: post)
            try blog.database.execute("UPDATE comments SET disabled = true")
            #expect(try blog.suggestion("shamelesss").text == "shameless")
            #expect(try blog.suggestion("shamelesss", seesDisabled: true).text == nil)
        }
    }

    @Test("stop words are neither offered nor replaced")
    func stopWords() throws {
        try Blog.with { blog in
            try blog.add(post: "this was done for those, thesis", by: try blog.add("john"))
            try blog.readWords()
            for typed in ["fors", "thos", "these", "the"] {
                let text = try blog.suggestion(typed).text
                #expect(text == nil || text == "thesis", "\(typed)")
            }
            #expect(try blog.suggestion("these thesiss").text == "these thesis")
        }
    }

    @Test("words of the newest posts and comments are known at once")
    func newest() throws {
        try Blog.with { blog in
            let john = try blog.add("john")
            let post = try blog.add(post: "Zebrafinch in the garden", by: john)
            try blog.add(comment: "a **goldfinch** too", by: john, to: post)
            #expect(try blog.suggestion("zebrafinsh").text == "zebrafinch")
            #expect(try blog.suggestion("goldfinsh zebrafinsh", .comments).text == "goldfinch zebrafinch")
        }
    }

    @Test("a long new text is read to some point, and the word that is cut there is no word")
    func longText() throws {
        try Blog.with { blog in
            let words = String(repeating: "many ", count: 98) + "zebrafinches " + String(repeating: "and ", count: 100_000)
            try blog.add(post: words, by: try blog.add("john"))
            #expect(try blog.suggestion("zebrafin quiet").text == nil)
            #expect(try blog.suggestion("manny quiet").text == "many quiet")
        }
    }

    @Test("accents are no difference: in words, names and places")
    func accents() throws {
        try Blog.with { blog in
            let jorg = try blog.add("jm")
            try blog.database.execute("UPDATE users SET name = 'Jörg Müller', location = 'Köln, Germany' WHERE id = \(jorg.id)")
            try blog.add(post: "Das Café in Nürnberg, und Łódź", by: jorg)
            try blog.makeIndexes()
            for (typed, meant) in [("nurnberg", "nürnberg"), ("cafe", "café"), ("lodz", "łódź"), ("NURNBERC", "nürnberg")] {
                #expect(try blog.suggestion(typed).text == meant, "\(typed)")
            }
            #expect(try blog.suggestion("cafè nürnberg").text == "café nürnberg")
            for typed in ["muller", "jorg", "koln", "jorg muller", "Mülller", "JÖRK"] {
                for kind in SearchKind.allCases { #expect(try blog.suggestion(typed, kind).people == ["jm"], "\(typed)") }
            }
        }
    }

    @Test("with the indexes of an older version typing errors are still forgiven, and check tells of the new ones")
    func olderIndexes() throws {
        try Blog.with { blog in
            let english = try #require(SearchLanguage("english"))
            let index = SearchIndex(language: english, database: blog.database)
            let complaints = try index.complaints()
            #expect(complaints.count == 2 && complaints.allSatisfy { $0.contains("flasky search reindex") }, "\(complaints)")
            try blog.add(post: "Postgres", by: try blog.add("susan"))
            try blog.readWords()
            let (text, people) = (try blog.suggestion("postgers").text, try blog.suggestion("suzan").people)
            #expect(text == "postgres" && people == ["susan"])
            try blog.makeIndexes()
            #expect(try index.complaints().isEmpty)
            let left = try blog.database.value(
                "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname ~ 'trigrams'",
                as: Int.self)
            #expect(left == 2)
        }
    }

    @Test("many words and many letters are no error, and take one statement")
    func bounds() throws {
        try Blog.with { blog in
            try blog.add(post: "something", by: try blog.add("john"))
            let many = (0..<120).map { String(UnicodeScalar(UInt8(97 + $0 % 26))) }.joined(separator: "+")
            for typed in [many, String(repeating: "x", count: 256), "somethin%27+a%5C%27"] {
                let taken = try blog.statements { #expect(blog.client.get("/search?q=\(typed)").status == 200) }
                #expect(taken.count <= 4)
            }
        }
    }
}
