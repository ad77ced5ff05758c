# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A PostgreSQL server of one's own, from the installed binaries, with the durability that it comes with.

# Runs a command as a user that PostgreSQL accepts: it refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# start_postgres DIR: makes and starts a server in DIR/pg; sets PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE.
start_postgres() {
    local bin attempt
    bin=$(pg_config --bindir)
    PG_DATA=$1/pg
    mkdir "$PG_DATA"
    export PGHOST=127.0.0.1 PGUSER=carillon PGDATABASE=postgres PGPASSWORD
    PGPASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s' "$PGPASSWORD" >"$1/pg-password"
    if ((EUID == 0)); then
        chown postgres "$PG_DATA" "$1/pg-password"
    fi
    (cd "$1" && as_postgres "$bin/initdb" -D "$PG_DATA" -U "$PGUSER" -A scram-sha-256 --pwfile="$1/pg-password" \
        -E UTF8 --locale=C >"$1/initdb.log")
    rm "$1/pg-password"
    for attempt in 1 2 3 4 5; do
        export PGPORT=$((20000 + RANDOM % 10000))
        if (cd "$1" && as_postgres "$bin/pg_ctl" -D "$PG_DATA" -w -s -l "$PG_DATA/server.log" \
            -o "-c listen_addresses=127.0.0.1 -c port=$PGPORT -c unix_socket_directories=''" start); then
            return
        fi
        echo "port $PGPORT did not do, attempt $attempt" >&2
    done
    cat "$PG_DATA/server.log" >&2
    return 1
}

stop_postgres() {
    if [[ -n ${PG_DATA:-} && -f $PG_DATA/postmaster.pid ]]; then
        (cd / && as_postgres "$(pg_config --bindir)/pg_ctl" -D "$PG_DATA" -s -m fast stop)
    fi
}
