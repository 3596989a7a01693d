import Glibc
import RoostMarkup
import RoostTemplates
import Testing

/// Whatever a template says, it renders or gives a `TemplateError`: no crash, no endless work.
///
/// `ROOST_TEMPLATE_FUZZ_SECONDS` (2) says how long, `ROOST_TEMPLATE_FUZZ_SEED` (of the clock) where to begin. The
/// template in hand is written to `ROOST_TEMPLATE_FUZZ_FILE`, when that is set, so that one that crashes can be read.
@Suite("Random templates")
struct FuzzTests {
    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    @Test("random and mutated templates neither crash nor hang")
    func fuzz() throws {
        let seconds = Self.number("ROOST_TEMPLATE_FUZZ_SECONDS") ?? 2
        let seed = Self.number("ROOST_TEMPLATE_FUZZ_SEED") ?? Self.milliseconds()
        let sources = try JinjaCorpus.sources()
        #expect(sources.count > 200)
        var mutator = TemplateMutator(seed: seed, sources: sources)
        let end = Self.milliseconds() + seconds * 1000
        var (count, valid, slowest) = (0, 0, UInt64(0))
        while Self.milliseconds() < end {
            let source = mutator.template()
            Self.note(source)
            let start = Self.milliseconds()
            if render(source) { valid += 1 }
            slowest = max(slowest, Self.milliseconds() - start)
            count += 1
            #expect(slowest < 20_000, "seed \(seed): \(source.debugDescription)")
        }
        #expect(count > 0 && valid > 0, "seed \(seed): \(count) templates, \(valid) valid, slowest \(slowest) ms")
        if Self.number("ROOST_TEMPLATE_FUZZ_SECONDS") != nil {
            print("seed \(seed): \(count) templates, \(valid) valid, slowest \(slowest) ms")
        }
    }

    /// Whether the template rendered. Anything but a `TemplateError` with a place fails the test.
    private func render(_ source: String) -> Bool {
        var options = TemplateOptions()
        options.allowsDo = true
        options.allowsLoopControls = true
        options.limits.steps = 100_000
        options.limits.elements = 50_000
        options.limits.textBytes = 1 << 20
        options.limits.outputBytes = 1 << 20
        let templates = [
            "main.html": source, "part.html": "{% macro m(a) %}{{ a }}{% endmacro %}{{ x }}",
            "base.html": "[{% block a %}{{ x }}{% endblock %}]{{ self.a() }}",
        ]
        let environment = TemplateEnvironment(loader: DictionaryLoader(templates), options: options)
        do {
            _ = try environment.template(named: "main.html").render(Self.context)
            return true
        } catch let error as TemplateError {
            #expect(error.line > 0 && !error.template.isEmpty, "\(error) in \(source.debugDescription)")
        } catch {
            Issue.record("\(error) in \(source.debugDescription)")
        }
        return false
    }

    private static var context: [String: TemplateValue] {
        [
            "x": "a <b> c", "y": [1, 2.5, "z", [1]], "d": ["a": 1, "b": ["c": "d"]], "n": 7, "s": "äöü\nxyz", "f": 0.1,
            "h": .safe("<i>&amp;</i>"), "users": [["name": "Ada", "age": 36], ["name": "bob", "age": 25]],
        ]
    }

    private static func milliseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }

    private static func note(_ source: String) {
        guard let path = getenv("ROOST_TEMPLATE_FUZZ_FILE"), let file = fopen(path, "w") else { return }
        fputs(source, file)
        fclose(file)
    }
}
