public import ArgumentParser
internal import Roost

/// `routes`: every route with its methods and endpoint.
public struct RoutesCommand<A: Application>: ParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "routes", abstract: "Lists the application's routes.")
    }

    @OptionGroup var options: SettingsOptions

    public init() {}

    public func run() throws {
        let app = try A.makeApp(try options.load(for: A.self))
        for line in RouteListing(app).lines { print(line) }
    }
}

/// An app's routes as aligned lines of text.
struct RouteListing {
    let lines: [String]

    init(_ app: App) {
        let rows = app.routes.map { route in
            (route.endpoint, route.methods.names.joined(separator: ","), (route.host?.text ?? "") + route.pattern.text)
        }
        let widths = (rows.map(\.0.utf8.count).max() ?? 0, rows.map(\.1.utf8.count).max() ?? 0)
        lines = rows.map { endpoint, methods, pattern in
            Columns.pad(endpoint, widths.0) + "  " + Columns.pad(methods, widths.1) + "  " + pattern
        }
    }
}

/// Columns of plain text.
public enum Columns {
    /// The text with blanks after it, up to a width in bytes.
    public static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}
