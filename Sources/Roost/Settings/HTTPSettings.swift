/// The settings that decide what is believed about a request.
public enum HTTPSettings {
    public static let all = [
        Setting("http.server_name", .text, nil, "name and port the app is reached by; routes of a subdomain need it"),
        Setting("http.trusted_proxies", .list, nil, "addresses (CIDR) of proxies whose X-Forwarded headers are believed"),
        Setting("http.trusted_hosts", .list, nil, "hosts that are served, .example.org for all below; others get 400"),
        Setting("http.accel_redirect", .list, nil, "FOLDER=LOCATION: nginx sends these files itself (X-Accel-Redirect)"),
    ]
}

extension App {
    /// Reads the trusted proxies and hosts, and what nginx sends itself, when the app's settings list them.
    ///
    /// Throws `SettingError` for a proxy that is neither an address nor a range, or a folder without its location.
    func readHTTPSettings() throws {
        guard settings.known.contains(where: { $0.key == "http.trusted_proxies" }) else { return }
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
