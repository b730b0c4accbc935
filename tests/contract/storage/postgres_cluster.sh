#!/bin/sh
# A throw-away PostgreSQL cluster for tests, reachable through a unix socket in DIR only.
#
#   postgres_cluster.sh DIR
#
# Prints "ready" once it answers, or "failed: REASON". Then reads commands from standard input:
# "restart" stops the server as a crash would, starts it again and prints "ready" anew. At the end of
# the input, so also when whoever started it is killed, the server is stopped and DIR removed.
set -u
dir=$1
server=

# Ctrl-C is for the test program: its end closes our input, and then we clean up.
trap '' INT TERM HUP

give_up() {
    echo "failed: $1"
    rm -rf "$dir"
    exit 1
}

# PostgreSQL refuses to run as root. The server dies with this script, whatever happens to it.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid=postgres --regid=postgres --init-groups --pdeathsig=KILL "$@"
    else
        exec setpriv --pdeathsig=KILL "$@"
    fi
}

start() {
    (cd / && as_server "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= \
        -c fsync=off -c full_page_writes=off -c deadlock_timeout=50ms -c max_connections=200 \
        -c shared_buffers=16MB) >>"$dir/log" 2>&1 </dev/null &
    server=$!
    tries=600
    until "$bin/pg_isready" -q -h "$dir"; do
        tries=$((tries - 1))
        if [ $tries = 0 ] || ! kill -0 "$server" 2>/dev/null; then
            give_up "postgres does not start: $(tail -n 3 "$dir/log" | tr '\n' ' ')"
        fi
        sleep 0.05
    done
    echo ready
}

stop() {
    kill -QUIT "$server" 2>/dev/null
    wait "$server"
}

bin=
for candidate in /usr/lib/postgresql/*/bin; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then bin=$candidate; fi
done
[ -n "$bin" ] || give_up "no initdb and postgres in /usr/lib/postgresql/*/bin (Debian package 'postgresql')"

if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir" 2>/dev/null || give_up "there is no user 'postgres' to run the server as"
fi
# A default collation that does not sort by bytes, so that tests see where COLLATE "C" is missing.
initdb_says=$( (cd / && as_server "$bin/initdb" -D "$dir/data" -U kith -A trust -E UTF8 --no-sync \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US) 2>&1) ||
    give_up "initdb: $(echo "$initdb_says" | tail -n 3 | tr '\n' ' ')"

start
while read -r command; do
    if [ "$command" = restart ]; then
        stop
        start
    fi
done
stop
rm -rf "$dir"
