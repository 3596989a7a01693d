/// What somebody may have meant: words spelt nearly the same that there are, and people called nearly so.
struct SearchSuggestion: Equatable {
    /// The query, mended.
    var text: String?
    /// Usernames, the most similar first.
    var people: [String] = []

    /// With so many results nobody asks what else was meant.
    static let fewResults = 3
}
