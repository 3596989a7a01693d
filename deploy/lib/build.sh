# shellcheck shell=bash disable=SC2154
# Builds the release binary, quietly unless it fails.

build_release() {
    local log=$var/log/build.log
    say "building (the first time takes minutes; details in $log)"
    if ! compile 2>&1 | tee "$log" | show_progress; then
        grep -E 'error:' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
        die "The build failed: see $log"
    fi
    [ -x "$root/.build/release/flasky" ] || die "The build left no program at $root/.build/release/flasky"
}

compile() {
    # Without the lock: a compiler that outlives us must not look like a running blog.
    (cd "$root" && swift build "${release_flags[@]}" --product flasky {lock}>&-)
}

# On a terminal, rewrites one line with the last thing the compiler said.
show_progress() {
    if ! [ -t 2 ]; then
        cat >/dev/null
        return
    fi
    local line
    while IFS= read -r line; do printf '\r\033[K%.78s' "$line" >&2; done
    printf '\r\033[K' >&2
}
