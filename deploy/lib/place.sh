# shellcheck shell=bash disable=SC2154
# Who runs the programs, and where their files are.
#
# root     the checkout
# home     what the programs read: the checkout, or a copy where their user could not reach it
# var      what they write: data, logs, sockets, generated configuration
# sockets  the folder of the Unix sockets
# runner   the user who runs everything: the caller, or an unprivileged user when the caller is root

refuse_odd_path() {
    [[ $root =~ ^[A-Za-z0-9/._+-]+$ ]] ||
        die "The path $root holds a character that nginx or supervisord would misread: move the checkout."
}

checksum_of_root() { printf '%s' "$root" | cksum | cut -d ' ' -f 1; }

choose_runner() {
    runner=$(id -un)
    [ "$(id -u)" = 0 ] || return 0
    local candidate
    for candidate in "$(stat -c %U "$root")" postgres nobody; do
        runner=$candidate
        if [ "$runner" != root ] && [ "$runner" != UNKNOWN ] && id "$runner" >/dev/null 2>&1; then return 0; fi
    done
    die "There is no unprivileged user to run the programs: create one called postgres."
}

home_of_runner() { getent passwd "$runner" | cut -d : -f 6; }

as_runner() {
    if [ "$(id -u)" = 0 ]; then
        # With its own HOME: libpq refuses to connect when it may not look for certificates there.
        setpriv --reuid "$runner" --regid "$(id -g "$runner")" --init-groups -- env HOME="$(home_of_runner)" "$@"
    else
        "$@"
    fi
}

choose_place() {
    choose_runner
    home=$root var=$root/var
    if ! as_runner test -x "$root" -a -r "$root/deploy/run"; then
        home=/var/lib/flasky-$(checksum_of_root)
        var=$home/var
        say "$runner cannot reach $root: the programs run in $home"
    fi
    mkdir -p "$var/log" "$var/etc" "$var/run" "$var/tmp" || die "Cannot make the folder $var."
    [ -w "$var/run" ] || die "$(id -un) may not write in $var: start deploy/run as $(stat -c %U "$var")."
}

# The lock is inherited by supervisord, so it lasts as long as any of this runs.
take_the_lock() {
    exec {lock}>>"$var/run/deploy-run.lock"
    flock -n "$lock" || die "deploy/run is already running in this checkout (process $(cat "$var/run/deploy-run.pid" 2>/dev/null || echo unknown)): stop that one first."
    echo $$ >"$var/run/deploy-run.pid"
}

refuse_taken_port() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        die "Port $port is taken: choose another one with --port."
    fi
}

# A Unix socket's path has at most 107 bytes. supervisord needs the longest name of all.
choose_sockets() {
    sockets=$var/run
    local longest=$sockets/supervisor.sock.4194304
    [ ${#longest} -gt 107 ] || return 0
    sockets=/tmp/flasky-$(checksum_of_root)
    mkdir -m 0700 "$sockets" 2>/dev/null && give_to_runner "$sockets"
    [ "$(stat -c '%U %a %F' "$sockets")" = "$runner 700 directory" ] ||
        die "$sockets must be a folder of $runner with mode 0700: remove what is there."
    say "the path of $var is too long for sockets: they are in $sockets"
}

give_to_runner() {
    [ "$(id -u)" != 0 ] || chown "$runner:" "$@"
}

prepare_place() {
    choose_sockets
    # What stopped hard may have left these; the lock says that nothing uses them.
    rm -f "$var/run/ended" "$sockets/supervisor.sock" "$var"/log/*.out
    [ "$home" = "$root" ] || copy_home
    give_to_runner "$var/log" "$var/run"
    make_secret_key
    choose_mail
}

# Signs the sessions of this checkout. Made once, or everybody would be logged out by a start.
make_secret_key() {
    [ -z "${SECRET_KEY:-}${SECRET_KEY_FILE:-}" ] || return 0
    if [ ! -s "$var/secret_key" ]; then
        (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$var/secret_key")
        give_to_runner "$var/secret_key"
    fi
    export SECRET_KEY_FILE=$var/secret_key
}

# Mails go to MAIL_SERVER, or into files: a fresh machine has no mail server. Their links lead to the host that was asked
# for, and nginx listens on these alone.
choose_mail() {
    [ -n "${HTTP_SERVER_NAME:-}${HTTP_TRUSTED_HOSTS:-}" ] || export HTTP_TRUSTED_HOSTS=127.0.0.1,localhost
    [ -z "${MAIL_SERVER:-}${MAIL_FOLDER:-}" ] || return 0
    export MAIL_FOLDER=$var/mail
    mkdir -p -m 0700 "$MAIL_FOLDER"
    give_to_runner "$MAIL_FOLDER"
}

# The programs' user cannot look into the checkout, so it gets what it has to read.
copy_home() {
    mkdir -p "$home/.build/release"
    cp -fL "$root/.build/release/flasky" "$home/.build/release/"
    rm -rf "$home/Sources" "$home/migrations" "$home/nginx" "$home/deploy"
    mkdir -p "$home/Sources/Flasky"
    cp -R "$root/Sources/Flasky/Templates" "$root/Sources/Flasky/Static" "$home/Sources/Flasky/"
    cp -R "$root/migrations" "$root/nginx" "$root/deploy" "$home/"
}
