internal import RoostMarkup

/// The parameters that a filter or function takes, so that a wrong call is found before it runs.
struct CallSignature {
    private let names: [String]
    private let required: Int
    private let takesMore: Bool

    /// Makes a signature from names in order; `name?` may be left out, `*` takes any further argument.
    init(_ parameters: some Sequence<String>) {
        let words = parameters.filter { $0 != "*" }
        names = words.map { $0.hasSuffix("?") ? String($0.dropLast()) : $0 }
        required = words.count { !$0.hasSuffix("?") }
        takesMore = parameters.contains("*")
    }

    /// What is wrong with a call of `name` with these arguments, or nil.
    func problem(_ name: String, positional: Int, keywords: [String]) -> String? {
        if positional > names.count, !takesMore {
            return "\(name)() takes at most \(names.count) arguments (\(positional) given)"
        }
        for keyword in keywords {
            guard let index = names.firstIndex(of: keyword) else {
                if takesMore { continue }
                let near = NearestName.of(keyword, among: names).map { " Did you mean '\($0)'?" } ?? ""
                return "\(name)() got an unexpected keyword argument '\(keyword)'.\(near)"
            }
            if index < positional { return "\(name)() got multiple values for argument '\(keyword)'" }
        }
        for (index, parameter) in names.prefix(required).enumerated()
        where index >= positional && !keywords.contains(parameter) {
            return "\(name)() missing 1 required positional argument: '\(parameter)'"
        }
        return nil
    }
}
