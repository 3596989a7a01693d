# shellcheck shell=bash disable=SC2154
# The database: a private PostgreSQL cluster under var/, reached by a Unix socket only, or the one of --database-url.

check_database_url() {
    [ -n "$database_url" ] || return 0
    [[ $database_url =~ ^postgres(ql)?:// ]] || die "--database-url takes a URL such as postgresql://user@host/database."
    local complaint
    complaint=$(PGCONNECT_TIMEOUT=5 as_runner psql -X -q -d "$database_url" -c 'SELECT 1' 2>&1 >/dev/null) ||
        die "Cannot use --database-url: $(head -n 1 <<<"${complaint#psql: }")"
}

# Sets DATABASE_URL for everything that is started from here on.
prepare_cluster() {
    if [ -n "$database_url" ]; then
        export DATABASE_URL=$database_url
        return
    fi
    export DATABASE_URL="postgresql://flasky@/flasky?host=$sockets&port=5432"
    if [ -e "$var/pg/PG_VERSION" ]; then
        find_server_of_cluster
    else
        create_cluster
    fi
}

find_server_of_cluster() {
    local version
    version=$(<"$var/pg/PG_VERSION")
    postgres=$(postgres_folder "$version") ||
        die "The data in $var/pg belongs to PostgreSQL $version, which is not installed: install postgresql-$version."
}

# Built beside its place and moved there, so that an interrupted start leaves no half of a cluster.
create_cluster() {
    postgres=$(postgres_folder) || die "PostgreSQL is not installed under /usr/lib/postgresql."
    say "creating a PostgreSQL cluster in $var/pg"
    rm -rf "$var/pg.new"
    mkdir -m 0700 "$var/pg.new"
    give_to_runner "$var/pg.new"
    as_runner "$postgres/initdb" -D "$var/pg.new" -U admin -A peer -E UTF8 --locale=C.UTF-8 \
        >"$var/log/initdb.log" 2>&1 || die "initdb failed: $(tail -n 1 "$var/log/initdb.log") (see $var/log/initdb.log)"
    # Only the user who runs the programs gets in, as the application or as the administrator.
    echo "local all all peer map=flasky" >"$var/pg.new/pg_hba.conf"
    printf 'flasky %s %s\n' "$runner" flasky "$runner" admin >"$var/pg.new/pg_ident.conf"
    mv "$var/pg.new" "$var/pg"
}

postgres_is_ready() { as_runner "$postgres/pg_isready" -q -h "$sockets" -p 5432; }

as_administrator() { as_runner psql -X -q -A -t -h "$sockets" -p 5432 -U admin -d postgres "$@"; }

# The application's role and database; they are there already after the first start.
create_database() {
    [ -n "$(as_administrator -c "SELECT 1 FROM pg_roles WHERE rolname = 'flasky'")" ] ||
        as_administrator -c "CREATE ROLE flasky LOGIN"
    [ -n "$(as_administrator -c "SELECT 1 FROM pg_database WHERE datname = 'flasky'")" ] ||
        as_administrator -c "CREATE DATABASE flasky OWNER flasky"
}
