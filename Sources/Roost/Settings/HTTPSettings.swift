/// The settings that decide what is believed about a request.
public enum HTTPSettings {
    public static let all = [
        Setting("http.server_name", .text, nil, "name and port the app is reached by; routes of a subdomain need it"),
        Setting("http.trusted_proxies", .list, nil, "addresses (CIDR) of proxies whose X-Forwarded headers are believed"),
        Setting("http.trusted_hosts", .list, nil, "hosts that are served, .example.org for all below; others get 400"),
    ]
}

extension App {
    /// Reads the trusted proxies and hosts when the app's settings list them.
    ///
    /// Throws `SettingError` for a proxy that is neither an address nor a range.
    func readTrust() throws {
        guard settings.known.contains(where: { $0.key == "http.trusted_proxies" }) else { return }
        for text in try settings.list("http.trusted_proxies") where !text.isEmpty {
            guard let range = AddressRange(text) else {
                throw SettingError(
                    "http.trusted_proxies", "\"\(text)\" is no address and no range such as 10.0.0.0/8",
                    try settings.value("http.trusted_proxies")?.origin ?? .standard)
            }
            trust.proxies.append(range)
        }
        trust.hosts += try settings.list("http.trusted_hosts").filter { !$0.isEmpty }
    }
}
