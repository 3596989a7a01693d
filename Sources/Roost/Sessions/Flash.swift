public import RoostMarkup
internal import RoostSigning
public import RoostTemplates

/// A message that was left for the next page.
public struct FlashedMessage: Equatable {
    /// `message`, unless said otherwise.
    public let category: String
    public let text: String
    /// Whether the text is HTML that is not escaped again.
    public let isHTML: Bool
}

extension FlashedMessage: TemplateConvertible {
    public var templateValue: TemplateValue { isHTML ? .safe(SafeHTML(trusted: text)) : .string(text) }
}

private enum FlashesKey: StorageKey { typealias Value = [FlashedMessage] }

extension Request {
    private static let flashesKey = "_flashes"

    /// Leaves a message for the next page that shows messages.
    public func flash(_ text: String, category: String = "message") { flash(.text(text), category) }

    /// Leaves a message of HTML that is not escaped again.
    public func flash(_ html: SafeHTML, category: String = "message") { flash(.markup(html.text), category) }

    /// The messages left so far. The first call in a request takes all of them out of the session, and later calls return
    /// the same ones; what is flashed after that waits for the next request.
    /// - Parameter filter: only messages of these categories; empty: all. The others are taken out as well.
    public func flashedMessages(filter: [String] = []) -> [FlashedMessage] {
        let messages = takenFlashes()
        return filter.isEmpty ? messages : messages.filter { filter.contains($0.category) }
    }

    private func flash(_ text: SessionValue, _ category: String) {
        var list = session[Self.flashesKey]?.array ?? []
        list.append(.tuple([.text(category), text]))
        session[Self.flashesKey] = .array(list)
        do {
            let flashed = MessageFlashed(request: self, message: text.description, category: category)
            try app.signals.messageFlashed.send(flashed, from: app)
        } catch {
            app.log(error, self, "a receiver of message-flashed failed")
        }
    }

    private func takenFlashes() -> [FlashedMessage] {
        if let taken = storage[FlashesKey.self] { return taken }
        let messages = (session.pop(Self.flashesKey)?.array ?? []).compactMap(Self.message)
        storage[FlashesKey.self] = messages
        return messages
    }

    /// Flask stores tuples; plain lists of two are read as well, anything else is no message.
    private static func message(_ value: SessionValue) -> FlashedMessage? {
        guard let parts = value.array, parts.count == 2 else { return nil }
        var isHTML = false
        if case .markup = parts[1] { isHTML = true }
        return FlashedMessage(category: parts[0].description, text: parts[1].description, isHTML: isHTML)
    }
}
