/// Runs before the view. A response ends the request there.
public typealias BeforeHook = (Request) throws -> (any ResponseConvertible)?
/// Runs after the view, and after error pages too; changes the response or replaces it.
public typealias AfterHook = (Request, inout Response) throws -> Void
/// Runs when the request is over, with the error that ended it.
public typealias TeardownHook = (Request, (any Error)?) throws -> Void
typealias ErrorHook = (Request, any Error) throws -> Response?

/// The hooks and error handlers of the app or of one blueprint.
final class HookSet {
    var before: [BeforeHook] = []
    var after: [AfterHook] = []
    var teardown: [TeardownHook] = []
    var context: [ContextProcessor] = []
    var byStatus: [Int: ErrorHook] = [:]
    var byType: [ErrorHook] = []

    /// Adds all of another set behind its own; of two handlers for a status the added one counts.
    func add(_ other: HookSet) {
        before += other.before
        after += other.after
        teardown += other.teardown
        context += other.context
        byStatus.merge(other.byStatus) { $1 }
        byType += other.byType
    }
}

/// The hooks of one route in the order they run.
struct FlatHooks {
    var before: [BeforeHook] = []
    var after: [AfterHook] = []
    var teardown: [TeardownHook] = []
    var context: [ContextProcessor] = []

    init() {}

    /// Before: outermost first. After and teardown: the other way round, last registered first. As in Flask.
    init(_ scopes: [HookSet]) {
        before = scopes.flatMap(\.before)
        after = scopes.reversed().flatMap { $0.after.reversed() }
        teardown = scopes.reversed().flatMap { $0.teardown.reversed() }
        context = scopes.flatMap(\.context)
    }
}

/// What hooks are registered on: an `App` (they apply to every request) or a `Blueprint` (to its own).
public protocol HookRegistry: AnyObject {
    /// Not for callers: where the hooks go. Throws `SetupError` once serving has begun.
    func changeHooks(_ what: String, _ site: CallSite, _ change: (Hooks) -> Void) throws
}

/// The hooks of one scope, as the registering methods see them.
public struct Hooks {
    let set: HookSet
}

extension HookRegistry {
    /// Runs before each view. Returning a response ends the request there. Throws `SetupError` once serving has begun.
    @_disfavoredOverload
    public func beforeRequest(
        file: StaticString = #fileID, line: Int = #line, _ hook: @escaping BeforeHook
    ) throws {
        try changeHooks("beforeRequest", CallSite(file: file, line: line)) { $0.set.before.append(hook) }
    }

    /// Runs before each view and never answers itself.
    public func beforeRequest(
        file: StaticString = #fileID, line: Int = #line, _ hook: @escaping (Request) throws -> Void
    ) throws {
        let silent: BeforeHook = { request in
            try hook(request)
            return nil
        }
        try changeHooks("beforeRequest", CallSite(file: file, line: line)) { $0.set.before.append(silent) }
    }

    /// Runs after each view, last registered first; what is registered first sees the final response.
    public func afterRequest(file: StaticString = #fileID, line: Int = #line, _ hook: @escaping AfterHook) throws {
        try changeHooks("afterRequest", CallSite(file: file, line: line)) { $0.set.after.append(hook) }
    }

    /// Runs when the request is over, whatever happened; errors it throws are logged.
    public func teardownRequest(
        file: StaticString = #fileID, line: Int = #line, _ hook: @escaping TeardownHook
    ) throws {
        try changeHooks("teardownRequest", CallSite(file: file, line: line)) { $0.set.teardown.append(hook) }
    }

    /// Makes the page for a status. A handler that returns a response of status 200 keeps the error's status.
    public func errorHandler(
        _ status: Status, file: StaticString = #fileID, line: Int = #line,
        _ handler: @escaping (Request, HTTPError) throws -> some ResponseConvertible
    ) throws {
        let hook: ErrorHook = { request, error in
            guard let error = error as? HTTPError else { return nil }
            var response = try handler(request, error).response(to: request)
            if response.status == .ok { response.status = error.status }
            return response
        }
        try changeHooks("errorHandler(\(status.code))", CallSite(file: file, line: line)) {
            $0.set.byStatus[status.code] = hook
        }
    }

    /// Makes the page for errors of a type. A handler that returns a response of status 200 means it.
    public func errorHandler<Failure: Error>(
        for type: Failure.Type, file: StaticString = #fileID, line: Int = #line,
        _ handler: @escaping (Request, Failure) throws -> some ResponseConvertible
    ) throws {
        let hook: ErrorHook = { request, error in
            guard let error = error as? Failure else { return nil }
            return try handler(request, error).response(to: request)
        }
        try changeHooks("errorHandler(for: \(type))", CallSite(file: file, line: line)) { $0.set.byType.append(hook) }
    }
}
