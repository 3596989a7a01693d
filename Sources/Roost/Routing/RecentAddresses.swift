/// Addresses of static files that were made a moment ago: every page names the same few, and to make one is to look at
/// its file.
struct RecentAddresses {
    /// Nanoseconds for which an address is good.
    var life: Int64 = 1_000_000_000

    private struct Key: Hashable {
        let endpoint: String
        let filename: String
    }

    private var addresses: [Key: (address: BuiltAddress, made: Int64)] = [:]
    /// Files known at once; addresses come from templates, but nothing may grow without end.
    private static let limit = 1000

    /// - Parameter make: makes it; what it throws is not kept
    mutating func address(
        of filename: String, in endpoint: String, make: () throws -> BuiltAddress
    ) rethrows -> BuiltAddress {
        let (key, now) = (Key(endpoint: endpoint, filename: filename), Clock.monotonic())
        if let known = addresses[key], now - known.made < life { return known.address }
        let address = try make()
        if addresses.count >= Self.limit { addresses.removeAll() }
        addresses[key] = (address, now)
        return address
    }
}
