# shellcheck shell=bash disable=SC2154
# What is in the database: the schema, the roles and, the first time, demo content.

flasky() { (cd "$home" && as_runner "$home/.build/release/flasky" "$@"); }

# Runs one command of the application quietly; its words are shown when it fails.
prepare_with() {
    local log=$var/log/prepare.log
    flasky "$@" >"$log" 2>&1 && return
    tail -n 20 "$log" >&2
    die "flasky $* failed."
}

prepare_content() {
    prepare_with deploy
    if [ "$demo" = yes ] && blog_is_empty; then
        say "writing demo content"
        prepare_with fake --users 100 --posts 1000 --comments 3000 --follows 1000 --seed 1
        database_says 'SELECT email FROM users ORDER BY id LIMIT 1' >"$var/demo-login"
    fi
}

blog_is_empty() { [ "$(database_says 'SELECT count(*) FROM (SELECT 1 FROM users LIMIT 1) AS any_user')" = 0 ]; }

database_says() { as_runner psql -X -q -A -t -d "$DATABASE_URL" -c "$1"; }
