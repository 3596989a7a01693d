# shellcheck shell=bash disable=SC2154
# Writes what supervisord and nginx read into var/etc/.

# "user=…" and the like, only where root may choose one.
when_root() { [ "$(id -u)" != 0 ] || printf '%s\n' "$@"; }

write_nginx_configuration() {
    local user_line
    user_line=$(when_root "user $runner $(id -gn "$runner");")
    sed -e "s|@USER_LINE@|$user_line|" -e "s|@PORT@|$port|g" -e "s|@ROOT@|$home|g" -e "s|@VAR@|$var|g" \
        -e "s|@RUN@|$var/run|g" -e "s|@LOG@|$var/log|g" -e "s|@SOCKET@|$sockets/flasky.sock|g" \
        "$root/nginx/dev.conf" >"$var/etc/nginx.conf"
    # -e: nginx's compiled-in log belongs to root, and is opened before the configuration is read.
    nginx -t -q -e "$var/log/nginx-error.log" -c "$var/etc/nginx.conf" 2>"$var/log/nginx.out" ||
        die "nginx refuses $var/etc/nginx.conf: $(head -n 1 "$var/log/nginx.out")"
}

write_supervisor_configuration() {
    {
        supervisor_section
        [ -n "$database_url" ] || postgres_section
        flasky_section
        nginx_section
    } >"$var/etc/supervisord.conf"
}

supervisor_section() {
    cat <<TEXT
[supervisord]
nodaemon=true
silent=true
$(when_root user=root)
directory=$home
logfile=$var/log/supervisord.log
pidfile=$var/run/supervisord.pid
childlogdir=$var/log

[unix_http_server]
file=$sockets/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://$sockets/supervisor.sock

[eventlistener:watch]
command=bash $home/deploy/lib/watch $var/run/ended
events=PROCESS_STATE_EXITED,PROCESS_STATE_FATAL
stdout_logfile=NONE
stderr_logfile=$var/log/watch.log
TEXT
}

# What all three programs share: the start is ordered by deploy/run, and an end is an end.
program() {
    cat <<TEXT

[program:$1]
autostart=false
autorestart=false
startretries=0
startsecs=0
killasgroup=true
redirect_stderr=true
stdout_logfile=$var/log/$1.out
TEXT
}

postgres_section() {
    program postgres
    when_root "user=$runner" "environment=HOME=\"$(home_of_runner)\""
    cat <<TEXT
command=$postgres/postgres -D $var/pg -k $sockets -c listen_addresses= -c port=5432 -c unix_socket_permissions=0700
directory=/
priority=10
stopsignal=INT
stopwaitsecs=20
TEXT
}

flasky_section() {
    program flasky
    when_root "user=$runner" "environment=HOME=\"$(home_of_runner)\""
    cat <<TEXT
command=$home/.build/release/flasky serve --config $home/deploy/flasky.yaml --listen unix:$sockets/flasky.sock ${workers:+--workers $workers}
directory=$home
priority=20
stopsignal=TERM
stopwaitsecs=40
TEXT
}

nginx_section() {
    program nginx
    cat <<TEXT
command=$(command -v nginx) -e $var/log/nginx-error.log -c $var/etc/nginx.conf
directory=/
priority=30
stopsignal=QUIT
stopwaitsecs=10
TEXT
}
