# shellcheck shell=bash disable=SC2154
# For deploy/bench: the blog's own database beside the one that was named, so that Flasky is measured with the schema
# and the indexes of its migrations, on the same rows as its peers, and leaves theirs as they are.

bench_database='' bench_source=''

# Makes the database and names it in PGDATABASE.
make_bench_database() {
    bench_source=${PGDATABASE:?} bench_database=${PGDATABASE}_roost
    psql -X -q -v ON_ERROR_STOP=1 -c "SET client_min_messages = warning" \
        -c "DROP DATABASE IF EXISTS \"$bench_database\" WITH (FORCE)" -c "CREATE DATABASE \"$bench_database\"" \
        "$bench_source" >/dev/null || die "cannot make the database $bench_database."
    export PGDATABASE=$bench_database
    (cd "$root" && "$root/.build/release/flasky" db upgrade) >/dev/null ||
        die "the migrations of $bench_database failed."
    # Triggers off: rows come before those they refer to.
    { echo "SET session_replication_role = replica;"
        pg_dump --data-only --table=roles --table=users --table=posts --table=comments --table=follows "$bench_source"
    } | psql -X -q -v ON_ERROR_STOP=1 >/dev/null || die "cannot copy the rows of $bench_source."
    psql -X -q -c "VACUUM (FREEZE, ANALYZE)" >/dev/null
}

drop_bench_database() {
    [ -n "$bench_database" ] || return 0
    psql -X -q -c "DROP DATABASE IF EXISTS \"$bench_database\" WITH (FORCE)" "$bench_source" >/dev/null 2>&1 || true
}
