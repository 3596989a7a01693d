# shellcheck shell=bash disable=SC2154
# Starts the programs under supervisord in their order, says when the blog answers, and stops them all.

supervisor=''

start_services() {
    write_nginx_configuration
    write_supervisor_configuration
    # A session of its own, so that the terminal's signals come to this script alone and it stops things in
    # order; pdeathsig, so that nothing stays behind even when this script is killed outright.
    setsid setpriv --pdeathsig TERM supervisord -c "$var/etc/supervisord.conf" >"$var/log/supervisord.out" 2>&1 &
    supervisor=$!
    wait_until 10 test -S "$sockets/supervisor.sock" || give_up "supervisord did not start: see $var/log/supervisord.out"

    [ -n "$database_url" ] || start_postgres
    prepare_content
    start_program flasky
    wait_until 20 test -S "$sockets/flasky.sock" || give_up "flasky did not open its socket: see $var/log/flasky.out"
    start_program nginx
    wait_until 30 page_answers || give_up "http://127.0.0.1:$port did not answer with 200: see $var/log"

    say "Ctrl-C stops it; logs are in $var/log; mails go to ${MAIL_FOLDER:-$MAIL_SERVER}"
    [ ! -s "$var/demo-login" ] || say "log in as $(cat "$var/demo-login") with the password: password"
    echo "Flasky is ready: http://127.0.0.1:$port"
    wait "$supervisor" || true
    give_up "supervisord ended: see $var/log/supervisord.log"
}

start_postgres() {
    start_program postgres
    wait_until 30 postgres_is_ready || give_up "PostgreSQL did not start: see $var/log/postgres.out"
    create_database
}

# Returns as soon as the program is spawned; whoever calls waits for what the program is to bring about.
start_program() {
    supervisorctl -c "$var/etc/supervisord.conf" start "$1" >"$var/log/supervisorctl.out" 2>&1 ||
        give_up "$1 did not start: $(tail -n 1 "$var/log/supervisorctl.out")"
}

something_ended() { [ -e "$var/run/ended" ] || ! kill -0 "$supervisor" 2>/dev/null; }

# True when the home page comes back with status 200.
page_answers() {
    local status
    exec {page}<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET / HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$port" >&"$page"
    IFS= read -r -t 5 status <&"$page" || status=''
    exec {page}>&-
    [[ $status == HTTP/*' 200 '* ]]
} 2>/dev/null

# Ends with the program that ended by itself, if one did, and with $1 otherwise.
give_up() {
    local name how
    name=$(cat "$var/run/ended" 2>/dev/null) || die "$1"
    how=$(sed -n "s/.*exited: $name (\([^;)]*\).*/ (\1)/p" "$var/log/supervisord.log" | tail -n 1)
    tail -n 5 "$var/log/$name.out" >&2
    die "$name ended unexpectedly$how: see $var/log/$name.out"
}

stop_everything() {
    trap '' INT TERM HUP
    # The terminal may be gone: a word that cannot be said must not end this half-way.
    set +e
    rm -f "$var/run/deploy-run.pid"
    [ -n "$supervisor" ] || return 0
    say "stopping" 2>/dev/null
    kill -TERM "$supervisor" 2>/dev/null
    wait "$supervisor"
}
