internal import RoostPostgres

/// What the database can do about typing errors.
enum SearchSpelling: Equatable {
    /// Nothing: the extension pg_trgm is out of reach.
    case exact
    /// Similar words; letters with marks are other letters, because the indexes are those of migration 0009.
    case similar
    /// Similar words, whatever marks their letters have.
    case folded

    init(knowsTrigrams: Bool, hasFoldedIndexes: Bool) {
        self = !knowsTrigrams ? .exact : hasFoldedIndexes ? .folded : .similar
    }

    /// Whether similarity can be asked for: an SQL expression.
    static let knowsTrigrams: SQL = "to_regprocedure('similarity(text,text)') IS NOT NULL"

    /// Whether the indexes over letters without marks are there: an SQL expression. Without them every row is read.
    static let hasFoldedIndexes: SQL = "\(SearchTrigramIndex.users.isCurrent) AND \(SearchTrigramIndex.words.isCurrent)"

    /// The form in which texts are compared.
    func form(_ text: SQL) -> SQL { self == .folded ? LetterFolding.sql(text) : text }
}
