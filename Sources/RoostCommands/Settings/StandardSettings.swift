public import Roost
internal import RoostDatabase
internal import RoostMail

/// The settings that every application has, beside its own.
public enum StandardSettings {
    public static var all: [Setting] {
        [
            app,
            FlaskSettings.all,
            pool,
            http,
            HTTPSettings.all,
            DatabaseSettings.all,
            SlowQuerySettings.known,
            MailSettings.all,
            log,
            profiler,
        ].flatMap(\.self)
    }

    static let pool: [Setting] = [
        Setting("pool.listen", .list, "unix:var/run/roost.sock", "sockets: unix:PATH, HOST:PORT or fd:NAME"),
        Setting("pool.socket_mode", .fileMode, "0660", "permissions of Unix sockets"),
        Setting("pool.socket_group", .text, nil, "group of Unix sockets"),
        Setting("pool.backlog", .count(1...65_535), "511", "connections that may wait for a worker"),
        Setting("pool.mode", .choice(["static"]), "static", "how the number of workers follows the load"),
        Setting("pool.workers", .count(1...1024), nil, "worker processes; default twice the processor cores"),
        Setting("pool.request_timeout", .duration, "30s", "a request that runs longer is ended"),
        Setting("pool.slow_request", .duration, "2s", "a request that runs longer is reported"),
        Setting("pool.kill_grace", .duration, "2s", "from the request's end being asked for to SIGKILL"),
        Setting("pool.boot_timeout", .duration, "10s", "a worker that is not ready by then has failed to boot"),
        Setting("pool.graceful_timeout", .duration, "30s", "how long a stopping worker may finish its request"),
        Setting("pool.max_requests", .count(0...1_000_000_000), "0", "a worker is replaced after so many; 0 = never"),
        Setting("pool.max_requests_jitter", .count(0...1_000_000_000), "0", "up to so many more, drawn per worker"),
        Setting("pool.header_timeout", .duration, "5s", "for the whole head of a request"),
        Setting(
            "pool.handover_after", .duration, "10ms", "a request this long gives its worker's other connections away"),
        Setting("pool.user", .text, nil, "account of the workers when started as root"),
        Setting("pool.group", .text, nil, "group of the workers when started as root"),
        Setting("pool.allow_root", .flag, "false", "let workers run as root"),
        Setting("pool.pid_file", .text, "var/run/roost.pid", "file with the master's process id"),
        Setting("pool.control", .text, "var/run/roost.control", "socket for status, scale, stop, reload"),
    ]

    static let http: [Setting] = [
        Setting("http.max_params", .size, "64KB", "headers and variables of a request; above: 431"),
        Setting("http.max_body", .size, "16MB", "body of a request; above: 413"),
        Setting("http.spool_above", .size, "1MB", "larger bodies go to a temporary file"),
        Setting("http.spool_folder", .text, "/tmp", "folder of the temporary files"),
        Setting("http.body_timeout", .duration, "30s", "longest pause in a request's body, or in taking the answer"),
    ]

    static let log: [Setting] = [
        Setting(
            "log.level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), "info",
            "least level that is logged"),
        Setting("log.app", .text, "stderr", "application log: a file or stderr"),
        Setting("log.access", .text, "stderr", "access log: a file, stderr or off"),
        Setting("log.slow_query", .text, "stderr", "slow-query log: a file, stderr or off"),
        Setting("log.events", .text, "stderr", "pool events: a file or stderr"),
    ]

    static let app: [Setting] = [
        .appEnvironment,
        Setting(
            "debug", .flag, "false",
            "error pages say what went wrong, changed templates are read again; never in production"),
        Setting("templates.folder", .text, nil, "templates; default: those that come with the application"),
        Setting("static.folder", .text, nil, "static files; default: those that come with the application"),
    ]
}
