# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What the scripts of this folder share. The cluster lives in CLUSTER_DIR and on ports from CLUSTER_PORT on.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
folder=${CLUSTER_DIR:-/var/tmp/carillon-cluster}
port=${CLUSTER_PORT:-25400}
carillon=${CARILLON:-$root/bin/carillon}

# The ports: member 1 to 3, or node 1 and 2.
etcd_port() { echo $((port + $1)); }
peer_port() { echo $((port + 10 + $1)); }
patroni_port() { echo $((port + 20 + $1)); }
pg_port() { echo $((port + 30 + $1)); }
api_port() { echo $((port + 40 + $1)); }
admin_port() { echo $((port + 50 + $1)); }
http_port=$((port + 61))
database_port=$((port + 62))
monitor_port=$((port + 63))

say() {
    echo "$(date +%T) $*" >&2
}

fail() {
    echo "$*" >&2
    exit 1
}

# PostgreSQL refuses to run as root, and etcd and Patroni need not.
as_user() {
    if ((EUID == 0)); then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# Runs something in the background that outlives this script: run NAME USER COMMAND…, with its output in the folder and its
# process in NAME.pid. USER is plain or own.
run() {
    local name=$1 user=$2
    shift 2
    if [[ $user == plain ]] && ((EUID == 0)); then
        # setpriv becomes the command, so that the process is its own.
        set -- setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    fi
    (cd "$folder" && exec setsid "$@" >>"$folder/$name.log" 2>&1 </dev/null) &
    echo $! >"$folder/$name.pid"
}

pid_of() {
    cat "$folder/$1.pid" 2>/dev/null
}

runs() {
    local pid
    pid=$(pid_of "$1") && kill -0 "$pid" 2>/dev/null
}

# wait_for SECONDS WHAT COMMAND…
wait_for() {
    local until=$(($(date +%s) + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        (($(date +%s) < until)) || fail "waited in vain for $what; see the logs in $folder"
        sleep 0.2
    done
}

# Every process of a database server: Patroni, PostgreSQL, and what these started.
server_pids() {
    local postmaster
    postmaster=$(head -n 1 "$folder/pg$1/postmaster.pid" 2>/dev/null || true)
    ps -A -o pid=,ppid= | awk -v roots="$(pid_of "patroni$1") $postmaster" '
        { parent[$1] = $2 }
        END {
            n = split(roots, wanted, " ")
            for (i = 1; i <= n; i++) is[wanted[i]] = 1
            for (pid in parent)
                for (p = pid; p in parent; p = parent[p])
                    if (p in is) { print pid; break }
        }'
}

start_etcd() {
    local cluster
    cluster=$(for i in 1 2 3; do echo "etcd$i=http://127.0.0.1:$(peer_port $i)"; done | paste -sd,)
    # The times are for a machine that has other things to do; the defaults (100 and 1000) are for one of its own.
    run "etcd$1" plain etcd --name "etcd$1" --data-dir "$folder/etcd$1" --logger zap --log-level warn \
        --heartbeat-interval 250 --election-timeout 2500 --auto-compaction-retention 1 \
        --listen-client-urls "http://127.0.0.1:$(etcd_port "$1")" --advertise-client-urls "http://127.0.0.1:$(etcd_port "$1")" \
        --listen-peer-urls "http://127.0.0.1:$(peer_port "$1")" --initial-advertise-peer-urls "http://127.0.0.1:$(peer_port "$1")" \
        --initial-cluster "$cluster" --initial-cluster-token carillon
}

start_patroni() {
    local hosts
    hosts=$(for i in 1 2 3; do echo "127.0.0.1:$(etcd_port $i)"; done | paste -sd,)
    run "patroni$1" plain env PATRONI_NAME="pg$1" PATRONI_ETCD3_HOSTS="$hosts" \
        PATRONI_RESTAPI_LISTEN="127.0.0.1:$(patroni_port "$1")" PATRONI_RESTAPI_CONNECT_ADDRESS="127.0.0.1:$(patroni_port "$1")" \
        PATRONI_POSTGRESQL_LISTEN="127.0.0.1:$(pg_port "$1")" PATRONI_POSTGRESQL_CONNECT_ADDRESS="127.0.0.1:$(pg_port "$1")" \
        PATRONI_POSTGRESQL_DATA_DIR="$folder/pg$1" PATRONI_POSTGRESQL_BIN_DIR="$pg_bin" PATRONI_POSTGRESQL_PGPASS="$folder/run/pgpass$1" \
        PATRONI_SUPERUSER_USERNAME=postgres PATRONI_SUPERUSER_PASSWORD="$password" \
        PATRONI_REPLICATION_USERNAME=replicator PATRONI_REPLICATION_PASSWORD="$password" \
        patroni "$here/patroni.yml"
}

start_haproxy() {
    local i environment=(HTTP_BIND="127.0.0.1:$http_port" DATABASE_BIND="127.0.0.1:$database_port"
        MONITOR_BIND="127.0.0.1:$monitor_port" CHECK_INTERVAL=1s)
    for i in 1 2 3; do
        environment+=("PG$i=127.0.0.1:$(pg_port $i)" "PG${i}_API_PORT=$(patroni_port $i)")
    done
    for i in 1 2; do
        environment+=("NODE$i=127.0.0.1:$(api_port $i)" "NODE${i}_ADMIN_PORT=$(admin_port $i)")
    done
    run haproxy own env "${environment[@]}" "$haproxy" -db -f "$here/haproxy-database.cfg" -f "$here/haproxy-http.cfg"
}

# The settings of the nodes, in the environment. By CLUSTER_DATABASE=direct they look for the primary themselves.
carillon_settings() {
    local place="127.0.0.1:$database_port" i
    if [[ ${CLUSTER_DATABASE:-haproxy} == direct ]]; then
        place=$(for i in 1 2 3; do echo "127.0.0.1:$(pg_port $i)"; done | paste -sd,)
    fi
    export CARILLON_DATABASE_URL="postgresql://carillon_app:$password@$place/carillon?connectTimeout=2&socketTimeout=15"
    CARILLON_MASTER_SECRET=$(<"$folder/master-secret")
    export CARILLON_MASTER_SECRET
}

start_node() {
    carillon_settings
    run "node$1" own env CARILLON_DRAIN_DELAY=5s CARILLON_LOG_FORMAT=text "$carillon" serve --port "$(api_port "$1")" \
        --admin-port "$(admin_port "$1")" --data "$folder/node$1"
}

# What Patroni says of the cluster, as JSON; of whichever member answers.
cluster_state() {
    local i
    for i in 1 2 3; do
        curl -sf --max-time 2 "http://127.0.0.1:$(patroni_port $i)/cluster" && return
    done
    return 1
}

# The number of the primary.
primary() {
    cluster_state | jq -er '.members[] | select(.role == "leader" and .state == "running") | .name[2:]'
}

# A primary, and two standbys that follow it, one of them synchronous.
is_whole() {
    [[ $(curl -s -o /dev/null -w '%{http_code}' --max-time 2 "http://127.0.0.1:$(patroni_port "$(primary)")/primary") == 200 ]] &&
        cluster_state | jq -e '[.members[] | select((.state == "running" or .state == "streaming") and ((.lag // 0) | numbers // 1e9) < 1000000)] as $well
            | ($well | length) == 3 and any($well[]; .role == "sync_standby")' >/dev/null
}

# Both nodes are ready, and get work.
has_nodes() {
    local i
    for i in 1 2; do
        curl -sf --max-time 2 "http://127.0.0.1:$(admin_port $i)/health/ready" >/dev/null || return 1
    done
    [[ $(curl -s --max-time 2 "http://127.0.0.1:$monitor_port/nodes") == 2 ]]
}

# Sets what the programs are, and the password, when the cluster is there.
look_around() {
    pg_bin=$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [[ -x $pg_bin/postgres ]] || pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    haproxy=$(PATH=$PATH:/usr/sbin command -v haproxy || true)
    password=$(cat "$folder/password" 2>/dev/null || true)
}
