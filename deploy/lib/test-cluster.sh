# shellcheck shell=bash disable=SC2154,SC2034
# A throw-away PostgreSQL server for the tests: a Unix socket in a private folder, gone when the tests are.

test_database=''
test_cluster=''
# A command line that restarts the server, for the test that needs it.
test_restart=''

# What stands before a command that the runner is to execute.
as_runner_words() {
    [ "$(id -u)" != 0 ] || echo "setpriv --reuid $runner --regid $(id -g "$runner") --init-groups"
}

start_test_cluster() {
    postgres=$(postgres_folder) || die "PostgreSQL is not installed under /usr/lib/postgresql."
    test_cluster=$(mktemp -d /tmp/roost-test.XXXXXX)
    give_to_runner "$test_cluster"
    (cd / && as_runner "$postgres/initdb" -D "$test_cluster/data" -U roost -A trust -E UTF8 --locale=C.UTF-8 --no-sync) \
        >"$test_cluster/initdb.log" 2>&1 || die "initdb failed: $(tail -n 1 "$test_cluster/initdb.log")"
    (cd / && as_runner "$postgres/pg_ctl" -D "$test_cluster/data" -w -t 30 -l "$test_cluster/data/server.log" \
        -o "-k $test_cluster -c listen_addresses= -c fsync=off -c max_connections=200" start) \
        >"$test_cluster/start.log" 2>&1 {lock}>&- || die "PostgreSQL did not start: $(tail -n 1 "$test_cluster/start.log")"
    test_restart="cd / && $(as_runner_words) $postgres/pg_ctl -D $test_cluster/data -m fast -w -l $test_cluster/data/server.log restart >/dev/null"
    test_database="postgresql://roost@/postgres?host=$test_cluster&port=5432"
}

stop_test_cluster() {
    [ -n "$test_cluster" ] || return 0
    (cd / && as_runner "$postgres/pg_ctl" -D "$test_cluster/data" -m immediate -w stop) >/dev/null 2>&1 || true
    rm -rf "$test_cluster"
    test_cluster=''
}
