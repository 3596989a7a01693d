public import RoostTemplates

/// A value that the application's shell knows by a name.
public struct ShellValue {
    public let name: String
    /// One line for `.help`.
    public let summary: String
    /// Makes the value, when an expression names it.
    public let make: (Request) throws -> any TemplateConvertible
}

extension App {
    /// Gives the command `shell` a value for its expressions, such as `= post(7).author`.
    ///
    /// ```swift
    /// app.shellValue("users", "the newest users") { request in try User.newest(20, in: request.database) }
    /// ```
    /// - Parameters:
    ///   - name: what expressions call it.
    ///   - summary: one line for `.help`.
    ///   - make: runs for each expression that names it.
    public func shellValue(
        _ name: String, _ summary: String, _ make: @escaping (Request) throws -> any TemplateConvertible
    ) {
        extensions[ShellValues.self] = shellValues + [ShellValue(name: name, summary: summary, make: make)]
    }

    /// What the shell knows, in the order in which it was given.
    public var shellValues: [ShellValue] { extensions[ShellValues.self] ?? [] }
}

private enum ShellValues: StorageKey { typealias Value = [ShellValue] }
