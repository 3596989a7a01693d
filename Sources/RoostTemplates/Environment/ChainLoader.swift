/// Several loaders: the first that has a name wins.
struct ChainLoader: TemplateLoader {
    let loaders: [any TemplateLoader]

    func source(of name: String) throws -> String? {
        for loader in loaders {
            if let source = try loader.source(of: name) { return source }
        }
        return nil
    }

    /// Of the loader that has the template.
    func version(of name: String) -> UInt64? {
        for loader in loaders {
            if let version = loader.version(of: name) { return version }
        }
        return nil
    }

    func names() throws -> [String] { Array(Set(try loaders.flatMap { try $0.names() })).sorted() }
}

extension TemplateEnvironment {
    /// Looks into another loader for what the ones before it do not have: a blueprint's own templates.
    public func add(_ loader: any TemplateLoader) {
        self.loader = ChainLoader(loaders: [self.loader, loader])
        removeCompiledTemplates()
    }
}
