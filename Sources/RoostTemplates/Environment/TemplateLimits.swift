/// How far a template may go before it is stopped with an error that names its line.
///
/// The defaults are far above what pages need: they are there so that a mistake, or a template that somebody else wrote,
/// cannot hold a worker or fill its memory.
public struct TemplateLimits: Sendable {
    /// How deep brackets, operators and tags may nest in a source. Jinja ends at about 200 operators and 70 brackets.
    public var nesting = 256

    /// How deep templates, blocks, macros and recursive loops may call each other.
    public var depth = 250

    /// How many bytes of the thread's stack one rendering may use.
    public var stackBytes = 3 << 20

    /// How much work one rendering may do: a round of a loop is one step, a call of a macro, block or template ten, large
    /// texts and lists count by their size.
    public var steps = 20_000_000

    /// How many elements a loop may visit, or a list have that a template makes.
    public var elements = 1_000_000

    /// How many bytes a string may have that a template makes.
    public var textBytes = 16 << 20

    /// How many bytes one rendering may make.
    public var outputBytes = 64 << 20

    /// Makes the defaults.
    public init() {}

    /// The defaults, for values that are made outside a rendering.
    static let standard = TemplateLimits()

    /// - Throws: `TemplateError` when a string of `count` bytes would be too long.
    @inline(__always)
    func checkText(_ count: Int) throws {
        if count > textBytes { throw TemplateError("a string of more than \(textBytes) bytes is too long") }
    }

    /// - Throws: `TemplateError` when a list of `count` elements would be too long.
    @inline(__always)
    func checkElements(_ count: Int) throws {
        if count > elements { throw TemplateError("a sequence of more than \(elements) elements is too long") }
    }
}
