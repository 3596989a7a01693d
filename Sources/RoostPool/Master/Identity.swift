import Glibc

/// The user and group workers run as.
struct Identity {
    let user: String?
    let userID: uid_t?
    let groupID: gid_t?

    /// Looked up in the master, before any fork. Throws when unknown, or when workers would run as root unasked.
    static func resolve(_ settings: PoolSettings) throws -> Identity? {
        let entry = try settings.user.map(passwordEntry)
        let group = try settings.group.map(groupID) ?? entry?.pw_gid
        let effective = entry?.pw_uid ?? geteuid()
        if effective == 0, !settings.allowRoot {
            throw SettingsError("user", "workers would run as root; name a user, or set allow_root: true")
        }
        guard settings.user != nil || settings.group != nil else { return nil }
        guard geteuid() == 0 || effective == geteuid() else {
            throw SettingsError("user", "only root can start workers as \(settings.user ?? "")")
        }
        return Identity(user: settings.user, userID: entry?.pw_uid, groupID: group)
    }

    /// Becomes this identity, for good. In a worker, after binding.
    func assume() throws {
        guard geteuid() == 0 else { return }
        if let groupID {
            let grouped = user.map { initgroups($0, groupID) } ?? setgroups(0, nil)
            guard grouped == 0, setgid(groupID) == 0 else { throw SystemError("change of group") }
        }
        if let userID, setuid(userID) != 0 { throw SystemError("change of user") }
    }

    static func groupID(_ name: String) throws -> gid_t {
        guard let entry = getgrnam(name) else { throw SettingsError("group", "there is no group \"\(name)\"") }
        return entry.pointee.gr_gid
    }

    private static func passwordEntry(_ name: String) throws -> passwd {
        guard let entry = getpwnam(name) else { throw SettingsError("user", "there is no user \"\(name)\"") }
        return entry.pointee
    }
}
