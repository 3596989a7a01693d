/// The settings that decide what is believed about a request.
public enum HTTPSettings {
    public static let all = [
        Setting("http.server_name", .text, nil, "name and port the app is reached by; routes of a subdomain need it"),
        Setting(
            "http.trusted_proxies", .list, nil, "addresses (CIDR) of proxies whose X-Forwarded headers are believed"),
        Setting("http.trusted_hosts", .list, nil, "hosts that are served, .example.org for all below; others get 400"),
        Setting(
            "http.accel_redirect", .list, nil, "FOLDER=LOCATION: nginx sends these files itself (X-Accel-Redirect)"),
        Setting("http.form_fields", .count(1...1_000_000), "1000", "fields of a query or form; above: 400 or 413"),
        Setting("http.form_memory", .size, "500KB", "all fields of a form together; above: 413"),
        Setting("http.form_parts", .count(1...1_000_000), "1000", "parts of a multipart form, files too; above: 413"),
        Setting("http.json_memory", .size, "8MB", "a JSON body; above: 413"),
    ]
}

extension App {
    /// The limits of a request's forms, unless the app changed them itself.
    private func readLimits() throws {
        let standard = RequestLimits()
        if limits.fields == standard.fields { limits.fields = try settings.count("http.form_fields") }
        if limits.formBytes == standard.formBytes { limits.formBytes = Int64(try settings.size("http.form_memory")) }
        if limits.parts == standard.parts { limits.parts = try settings.count("http.form_parts") }
        if limits.jsonBytes == standard.jsonBytes { limits.jsonBytes = Int64(try settings.size("http.json_memory")) }
        if settings.known.contains(where: { $0.key == "http.spool_folder" }) {
            limits.spoolFolder = try settings.text("http.spool_folder")
        }
    }

    /// Reads the trusted proxies and hosts, and what nginx sends itself, when the app's settings list them.
    ///
    /// Throws `SettingError` for a proxy that is neither an address nor a range, or a folder without its location.
    func readHTTPSettings() throws {
        guard settings.known.contains(where: { $0.key == "http.trusted_proxies" }) else { return }
        try readLimits()
        for text in try settings.list("http.trusted_proxies") where !text.isEmpty {
            guard let range = AddressRange(text) else {
                throw SettingError(
                    "http.trusted_proxies", "\"\(text)\" is no address and no range such as 10.0.0.0/8",
                    try settings.value("http.trusted_proxies")?.origin ?? .standard)
            }
            trust.proxies.append(range)
        }
        for text in try settings.list("http.accel_redirect") where !text.isEmpty {
            let sides = text.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides.allSatisfy({ $0.hasPrefix("/") }) else {
                throw SettingError(
                    "http.accel_redirect", "\"\(text)\" is not /FOLDER=/LOCATION",
                    try settings.value("http.accel_redirect")?.origin ?? .standard)
            }
            accelRedirects.add(folder: String(sides[0]), location: String(sides[1]))
        }
        trust.hosts += try settings.list("http.trusted_hosts").filter { !$0.isEmpty }
    }
}
