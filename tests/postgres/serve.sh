#!/usr/bin/env bash
# A PostgreSQL server for tests, in a temporary folder that goes with it: `serve.sh [--while FILE | --standby-of URL]`.
#
# When it takes connections it prints one line, its URL (user and database postgres, over a Unix socket), followed by the
# number of its TCP port on 127.0.0.1, where passwords are asked for. It serves until its standard input ends; with
# --while, which is for CTest's fixture, it writes the line to FILE and serves until FILE says something else. With
# --standby-of it is a copy of the server of that URL, and follows it.
# Commands on standard input, each answered with a line: `stop`; `crash`, which ends all its processes at once without
# a word to anybody; and `start` after either.
set -euo pipefail
watched=
primary=
case ${1:-} in
    --while) watched=$2 ;;
    --standby-of) primary=$2 ;;
esac
binaries=$(pg_config --bindir 2>/dev/null || true)
[ -x "$binaries/initdb" ] || binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)

# A database is a few hundred files, made and removed for every test: in memory where there is enough of it.
base=/tmp
[ "$(df --output=avail -m /dev/shm 2>/dev/null | tail -1)" -gt 2000 ] 2>/dev/null && base=/dev/shm
folder=$(mktemp -d $base/symbolon-postgres-XXXXXX)
server=
end() {
    [ -z "$server" ] || { kill -QUIT "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

# It refuses to run as root.
as_user=()
if [ "$(id -u)" = 0 ]; then
    chown postgres: "$folder"
    as_user=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi

fill() {
    if [ -n "$primary" ]; then
        "${as_user[@]}" "$binaries/pg_basebackup" -D "$folder/data" -d "$primary" --write-recovery-conf \
            --checkpoint=fast --no-sync
    else
        "${as_user[@]}" "$binaries/initdb" -D "$folder/data" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
            --locale-provider=icu --icu-locale=en-US --auth-local=trust --auth-host=scram-sha-256 \
            --no-sync --no-instructions
    fi
}
fill >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
# A certificate of its own, for connections with TLS.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/data/server.key" -out "$folder/data/server.crt" 2>/dev/null
chmod 600 "$folder/data/server.key"
[ "$(id -u)" != 0 ] || chown postgres: "$folder/data/server.key" "$folder/data/server.crt"
cat >>"$folder/data/postgresql.conf" <<CONF
ssl = on
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 32MB
fsync = off
full_page_writes = off
autovacuum = off
logging_collector = off
dynamic_shared_memory_type = mmap
CONF

start() {
    local try
    for try in 1 2 3 4 5; do
        port=${port:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
        # exec: the process to end is the server itself. Not the caller's input, which is ours to read.
        (exec "${as_user[@]}" "$binaries/postgres" -D "$folder/data" -p "$port" </dev/null >>"$folder/log" 2>&1) &
        server=$!
        while kill -0 "$server" 2>/dev/null; do
            "$binaries/pg_isready" -q -h "$folder" -p "$port" && return
            sleep 0.05
        done
        [ "${fixed_port:-}" ] || port=
    done
    cat "$folder/log" >&2
    exit 1
}

# Children first would be noticed by their parent; so all in one call. What it has of the system's shared memory stays,
# or would, where nobody starts it again.
crash() {
    local memory
    memory=$(awk 'NR == 7 {print $2}' "$folder/data/postmaster.pid")
    kill -KILL "$server" $(ps -o pid= --ppid "$server") 2>/dev/null # some may have ended by themselves
    wait "$server" 2>/dev/null || true
    server=
    ipcrm -m "$memory"
}

start
fixed_port=yes
line="postgresql://postgres@/postgres?host=$folder&port=$port $port"

if [ -n "$watched" ]; then
    echo "$line" >"$watched.new"
    mv "$watched.new" "$watched"
    # An hour at most, should the fixture's clean-up never run.
    while [ "$(cat "$watched" 2>/dev/null)" = "$line" ] && [ "$SECONDS" -lt 3600 ]; do sleep 0.3; done
    exit 0
fi
echo "$line"
while read -r command; do
    case $command in
        stop) kill -INT "$server"; wait "$server" || true; server=; echo stopped ;;
        crash) crash; echo crashed ;;
        start) start; echo started ;;
    esac
done
