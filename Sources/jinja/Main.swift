import RoostTemplates
import Glibc

/// `jinja TEMPLATE --data DATA.json --search-path DIR [--no-autoescape] [--trim-blocks] [--lstrip-blocks] [--strict]`
/// or `jinja bench TEMPLATES CONTEXTS ITERATIONS`
@main
struct Main {
    static func main() {
        do {
            if CommandLine.arguments.dropFirst().first == "bench" {
                return try write(Array(try Bench(Array(CommandLine.arguments.dropFirst(2))).report().utf8), to: STDOUT_FILENO)
            }
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            var output: [UInt8] = []
            let environment = TemplateEnvironment(
                loader: FileSystemLoader(folders: [arguments.searchPath]), options: arguments.options)
            let template = try environment.template(named: arguments.template)
            try template.render(try arguments.context(), into: &output)
            try write(output, to: STDOUT_FILENO)
        } catch {
            let text = (error as? TemplateError)?.report ?? "\(error)"
            try? write(Array("\(text)\n".utf8), to: STDERR_FILENO)
            exit(1)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw TemplateError("cannot write: \(String(cString: strerror(errno)))", template: "jinja")
            }
            written += count
        }
    }
}
