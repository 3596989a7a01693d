/// What holds other values. It lets go of lists in lists in lists without recursion: a template can nest them deeper than
/// the stack is.
public class TemplateContainer {
    init() {}

    /// The values, moved out: the container is empty then.
    func takeContents() -> [TemplateValue] { [] }

    /// Takes the contents apart level by level.
    final func releaseContents() {
        var pending: [TemplateContainer] = []
        Self.add(takeContents(), to: &pending)
        while !pending.isEmpty {
            // A container that others hold too stays as it is.
            let isOwned = isKnownUniquelyReferenced(&pending[pending.count - 1])
            let contents = isOwned ? pending[pending.count - 1].takeContents() : []
            pending.removeLast()
            Self.add(contents, to: &pending)
        }
    }

    private static func add(_ values: consuming [TemplateValue], to pending: inout [TemplateContainer]) {
        for value in values {
            switch value {
            case .list(let list), .tuple(let list): pending.append(list)
            case .dict(let dictionary): pending.append(dictionary)
            default: break
            }
        }
    }
}

extension TemplateValue {
    /// Whether the value holds others.
    var isContainer: Bool {
        switch self {
        case .list, .tuple, .dict: true
        default: false
        }
    }
}
