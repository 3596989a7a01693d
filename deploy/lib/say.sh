# shellcheck shell=bash disable=SC2154
# How deploy/run talks: one line for each step, on standard error.

say() { printf '%s: %s\n' "${speaker:-deploy/run}" "$*" >&2; }

# Ends with one clear line.
die() {
    say "$*"
    exit 1
}

# Waits until a command succeeds. wait_until SECONDS COMMAND…; fails when the time is over or a
# program has ended meanwhile, for then waiting is in vain.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) && ! something_ended || return 1
        sleep 0.1
    done
}
