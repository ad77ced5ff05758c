#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Carillon beside what the database itself reaches, in interleaved rounds on one machine: what the machine does meanwhile
# falls on all of them, so the ratios hold where the absolute figures do not.
#
#   bench/compare.sh [ROUNDS]        5 rounds of about 130 s each by default
#
# DURATION=20  WARMUP=10           seconds measured, seconds before it
# CONNECTIONS=64                   of the load generator
# MANY=256  MANY_SECONDS=10        then so many for so long, for the p99.9; MANY=0 leaves that out
# LIMITS_OFF="account block feedback-block"
#                                  the guard's limits that the load would run into, or that read a row which pgbench does not;
#                                  pgbench then leaves their rows out too
# WORK_DIR=/var/tmp                where both stores' files go: a real disk, not a tmpfs
#
# Prints Markdown to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/postgres.sh
. "$here/lib/postgres.sh"
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"

rounds=${1:-5}
duration=${DURATION:-20}
warmup=${WARMUP:-10}
connections=${CONNECTIONS:-64}
many=${MANY:-256}
many_seconds=${MANY_SECONDS:-10}
read -ra limits_off <<<"${LIMITS_OFF-account block feedback-block}"
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-compare.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder
results=$work/results

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# counted LIMIT: 1 when that limit is on, so that its counter is a row to write.
counted() {
    [[ " ${limits_off[*]} " == *" $1 "* ]] && echo 0 || echo 1
}

# pgbench_round ROUND
pgbench_round() {
    SECONDS_EACH=$duration WITH_ACCOUNT=$(counted account) WITH_BLOCK=$(counted block) "$here/pgbench/run.sh" |
        awk -v round="$1" 'NR > 1 { print round, $1, $2 }' >>"$results"
}

# load CONNECTIONS WARMUP DURATION: on the server that runs; prints JSON.
load() {
    "$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
        --connections "$1" --warmup "${2}s" --duration "${3}s" --json
}

# carillon_round ROUND STORE: a fresh server on a fresh store.
carillon_round() {
    local log=$work/carillon-$1-$2 json rss tail=0
    export CARILLON_DATA=$log.data
    mkdir -m 700 "$CARILLON_DATA"
    unset CARILLON_DATABASE_URL
    if [[ $2 == postgresql ]]; then
        psql -X -q -d postgres -c "CREATE DATABASE carillon_$1" -c CHECKPOINT
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon_$1"
    fi
    make_account ${limits_off[@]+"${limits_off[@]}"}
    start_carillon "$log"
    json=$(load "$connections" "$warmup" "$duration") || {
        complain "the load run failed: $json" "$log"
        return 1
    }
    rss=$(peak_rss_mb) # before there are more connections
    if ((many)); then
        tail=$(load "$many" 2 "$many_seconds" | jq -er .all.p999_ms) || {
            complain "the run with $many connections failed" "$log"
            return 1
        }
    fi
    jq -r --argjson round "$1" --arg store "$2" --argjson rss "$rss" --argjson first "$FIRST_CREATE_MS" --argjson tail "$tail" \
        '"\($round) \($store) \(.pairs_per_second) \(.all.p50_ms) \(.all.p99_ms) \(.all.max_ms) \($rss) \($first) \($tail)"' \
        <<<"$json" >>"$results"
    stop_carillon
    if [[ $2 == postgresql ]]; then
        psql -X -q -d postgres -c "DROP DATABASE carillon_$1"
    fi
    rm -rf "$CARILLON_DATA"
}

# What the figures were measured on.
circumstances() {
    local fsync
    fsync=$(dd if=/dev/zero of="$work/sync" bs=8k count=500 oflag=dsync 2>&1 | awk '/copied/ { printf "%.0f", $(NF-3) / 500 * 1e6 }')
    echo "- processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores shared by load, server and database"
    echo "- memory: $(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1024 / 1024 }' /proc/meminfo)"
    echo "- disk: $(stat -f -c %T "$work"), a durable write of 8 KiB takes $fsync µs"
    echo "- system: $(uname -sr), $("$(find_jdk)/bin/java" --version | sed -n 2p), $(psql -X -At -c 'SHOW server_version' | sed 's/^/PostgreSQL /')"
    echo "- Carillon: $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)"
    echo "- load: closed loop, $connections connections, $duration s measured after $warmup s; limits off: ${limits_off[*]:-none}; then $many connections for $many_seconds s"
}

trap cleanup EXIT
trap 'exit 130' INT TERM
[[ $(stat -f -c %T "$work") != tmpfs ]] || say "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR"
"$here/load" --help >/dev/null # builds it, when it is not built
start_postgres "$work"
circumstances
echo
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds: pgbench"
    pgbench_round "$round"
    for store in postgresql sqlite; do
        say "round $round of $rounds: Carillon on $store"
        carillon_round "$round" "$store"
    done
    grep "^$round " "$results" >&2
done
awk -v many="$many" -f "$here/lib/table.awk" "$results"
