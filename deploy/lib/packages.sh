# shellcheck shell=bash disable=SC2154
# Finds out which Debian packages are missing by looking for what is needed from them, and installs those.

# nginx is in a folder that an ordinary user's PATH lacks.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

has() { command -v "$1" >/dev/null; }

has_header() { [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] || compgen -G "/usr/include/*-linux-gnu*/$1" >/dev/null; }

# The folder of the newest PostgreSQL server, or of the version $1.
postgres_folder() {
    local folder
    folder=$(compgen -G "/usr/lib/postgresql/${1:-*}/bin/initdb" | sort -V | tail -n 1)
    [ -n "$folder" ] && dirname "$folder"
}

missing_packages() {
    has pkg-config || echo pkg-config
    has_header fcgiapp.h || echo libfcgi-dev
    has_header cmark-gfm.h || echo libcmark-gfm-dev
    has_header gumbo.h || echo libgumbo-dev
    has_header zlib.h || echo zlib1g-dev
    has_header curl/curl.h || echo libcurl4-openssl-dev
    has_header postgresql/libpq-fe.h || has_header libpq-fe.h || echo libpq-dev
    has nginx || echo nginx-light
    has supervisord || echo supervisor
    if [ -n "$database_url" ]; then
        has psql || echo postgresql-client
    else
        postgres_folder >/dev/null || echo postgresql
    fi
    [ "${speaker:-}" != deploy/test ] || missing_packages_for_tests
}

missing_packages_for_tests() {
    # The data layer is tested behind the real one.
    has pgbouncer || echo pgbouncer
    has chromium || echo chromium
    # Some tests ask Python libraries, each in an environment of its own.
    python3 -c 'import venv, ensurepip' 2>/dev/null || echo python3-venv
}

install_missing_packages() {
    has swift || die "Swift is missing: install it from https://www.swift.org/install/linux/ and put it on the PATH."
    local packages as_root=()
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} -gt 0 ] || return 0

    has apt-get || die "Needed and not found: ${packages[*]}. There is no apt-get here to install them."
    if [ "$(id -u)" != 0 ]; then
        has sudo || die "Needed and not found: ${packages[*]}. Install them as root: apt-get install ${packages[*]}"
        as_root=(sudo)
        [ -t 0 ] || as_root+=(-n)
    fi
    say "installing ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p "$var/log"
    { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "${packages[@]}"; } \
        >"$var/log/packages.log" 2>&1 {lock}>&- || die "Could not install ${packages[*]}: see $var/log/packages.log"
}
