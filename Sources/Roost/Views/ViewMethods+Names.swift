// The usual methods by their names; `on` takes any. They differ in nothing but what the function returns.
extension ViewMethods {
    /// Answers GET; see `on`.
    public mutating func get<each Variable: PathVariable, Result: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) { on(.get, operation, function) }

    /// Answers GET with a body and a status; see `on`.
    public mutating func get<each Variable: PathVariable, Body: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) { on(.get, operation, function) }

    /// Answers GET with JSON of any `Encodable`; see `on`.
    @_disfavoredOverload
    public mutating func get<each Variable: PathVariable, Value: Encodable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) { on(.get, operation, function) }

    /// Answers GET now with this and now with that; see `on`.
    @_disfavoredOverload
    public mutating func get<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) { on(.get, operation, function) }

    /// Answers POST; see `on`.
    public mutating func post<each Variable: PathVariable, Result: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) { on(.post, operation, function) }

    /// Answers POST with a body and a status; see `on`.
    public mutating func post<each Variable: PathVariable, Body: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) { on(.post, operation, function) }

    /// Answers POST with JSON of any `Encodable`; see `on`.
    @_disfavoredOverload
    public mutating func post<each Variable: PathVariable, Value: Encodable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) { on(.post, operation, function) }

    /// Answers POST now with this and now with that; see `on`.
    @_disfavoredOverload
    public mutating func post<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) { on(.post, operation, function) }

    /// Answers PUT; see `on`.
    public mutating func put<each Variable: PathVariable, Result: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) { on(.put, operation, function) }

    /// Answers PUT with a body and a status; see `on`.
    public mutating func put<each Variable: PathVariable, Body: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) { on(.put, operation, function) }

    /// Answers PUT with JSON of any `Encodable`; see `on`.
    @_disfavoredOverload
    public mutating func put<each Variable: PathVariable, Value: Encodable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) { on(.put, operation, function) }

    /// Answers PUT now with this and now with that; see `on`.
    @_disfavoredOverload
    public mutating func put<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) { on(.put, operation, function) }

    /// Answers PATCH; see `on`.
    public mutating func patch<each Variable: PathVariable, Result: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) { on(.patch, operation, function) }

    /// Answers PATCH with a body and a status; see `on`.
    public mutating func patch<each Variable: PathVariable, Body: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) { on(.patch, operation, function) }

    /// Answers PATCH with JSON of any `Encodable`; see `on`.
    @_disfavoredOverload
    public mutating func patch<each Variable: PathVariable, Value: Encodable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) { on(.patch, operation, function) }

    /// Answers PATCH now with this and now with that; see `on`.
    @_disfavoredOverload
    public mutating func patch<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) { on(.patch, operation, function) }

    /// Answers DELETE; see `on`.
    public mutating func delete<each Variable: PathVariable, Result: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Result
    ) { on(.delete, operation, function) }

    /// Answers DELETE with a body and a status; see `on`.
    public mutating func delete<each Variable: PathVariable, Body: ResponseConvertible>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> (Body, Status)
    ) { on(.delete, operation, function) }

    /// Answers DELETE with JSON of any `Encodable`; see `on`.
    @_disfavoredOverload
    public mutating func delete<each Variable: PathVariable, Value: Encodable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Value
    ) { on(.delete, operation, function) }

    /// Answers DELETE now with this and now with that; see `on`.
    @_disfavoredOverload
    public mutating func delete<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> any ResponseConvertible
    ) { on(.delete, operation, function) }

    /// Answers DELETE with nothing: 204; see `on`.
    public mutating func delete<each Variable: PathVariable>(
        _ operation: APIOperation? = nil,
        _ function: @escaping (View) -> (Request, repeat each Variable) throws -> Void
    ) { on(.delete, operation, function) }
}
