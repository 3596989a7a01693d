public import RoostTemplates

/// The signals of an app: Flask's, and those of the app's own.
public final class AppSignals {
    /// A request was taken, before its hooks run.
    public let requestStarted = Signal<Request>("request-started")
    /// A response is ready, before it is sent.
    public let requestFinished = Signal<RequestFinished>("request-finished")
    /// A request is over, whatever happened; errors of receivers are logged.
    public let requestTearingDown = Signal<RequestTearingDown>("request-tearing-down")
    /// An error that no handler made a page of.
    public let requestException = Signal<RequestException>("got-request-exception")
    /// A template is about to be rendered.
    public let beforeRenderTemplate = Signal<TemplateRendered>("before-render-template")
    /// A template was rendered.
    public let templateRendered = Signal<TemplateRendered>("template-rendered")
    /// A message was flashed.
    public let messageFlashed = Signal<MessageFlashed>("message-flashed")

    private var own: [ObjectIdentifier: AnyObject] = [:]

    init() {}

    /// A signal of the app's own, made on its first use.
    public subscript<Key: SignalKey>(key: Key.Type) -> Signal<Key.Payload> {
        if let signal = own[ObjectIdentifier(key)] as? Signal<Key.Payload> { return signal }
        let signal = Signal<Key.Payload>("\(key)")
        own[ObjectIdentifier(key)] = signal
        return signal
    }
}

public struct RequestFinished {
    public let request: Request
    public let response: Response
}

public struct RequestTearingDown {
    public let request: Request
    /// What ended the request early, if anything did.
    public let error: (any Error)?
}

public struct RequestException {
    public let request: Request
    public let error: any Error
}

public struct TemplateRendered {
    /// The template's name.
    public let template: String
    public let context: [String: TemplateValue]
    /// Nil outside a request.
    public let request: Request?

    public init(template: String, context: [String: TemplateValue], request: Request?) {
        self.template = template
        self.context = context
        self.request = request
    }
}

public struct MessageFlashed {
    public let request: Request
    public let message: String
    public let category: String

    public init(request: Request, message: String, category: String) {
        self.request = request
        self.message = message
        self.category = category
    }
}
