#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What is left of the server's capacity when three times as much is asked of it. A closed loop, which tells the capacity, and an open one at
# that times FACTOR take turns, since servers and machines get faster and slower: each time of overload is held against the capacities before
# and after it. In the end, how soon all is well again.
#
#   bench/overload.sh [STORE…]       sqlite and postgresql by default; about six minutes each
#
# FACTOR=3  ROUNDS=5               times of overload
# DURATION=10  WARMUP=60           seconds of each loop, and of both before anything is measured (the JIT takes as long on half of the machine)
# SETTLE=5                         seconds of each loop before it is measured
# CONNECTIONS=512                  of the closed loop: with fewer, batches are smaller than the server can make them
# MOST_CONNECTIONS=4096            of the open loop: with fewer, what is asked for too much waits in the client
# WORK_DIR=/var/tmp                a real disk, not a tmpfs
# SERVER_CORES, LOAD_CORES         half of the machine each by default
#
# A create may wait in the client until a connection is free, which is not the server's doing: so the latency is that of checks.
#
# Prints a Markdown table for each store to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/postgres.sh
. "$here/lib/postgres.sh"
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/load.sh
. "$here/lib/load.sh"
# shellcheck source=lib/build.sh
. "$here/lib/build.sh"

stores=("$@")
((${#stores[@]})) || stores=(sqlite postgresql)
factor=${FACTOR:-3}
rounds=${ROUNDS:-5}
duration=${DURATION:-10}
warmup=${WARMUP:-60}
settle=${SETTLE:-5}
connections=${CONNECTIONS:-512}
most=${MOST_CONNECTIONS:-4096}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-overload.XXXXXX")
chmod 711 "$work"

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# closed WARMUP: the JSON of a closed loop.
closed() {
    load "$API_KEY" "$CUSTOMER_UUID" --connections "$connections" --warmup "${1}s" --duration "${duration}s"
}

# overload WARMUP CAPACITY: the JSON of an open loop at FACTOR times the capacity.
overload() {
    load "$API_KEY" "$CUSTOMER_UUID" --mode open --rate "$(awk -v c="$2" -v f="$factor" 'BEGIN { printf "%.0f", c * f }')" \
        --connections "$most" --warmup "${1}s" --duration "${duration}s"
}

# seconds_to_recovery RATE: from now until a second at that rate in which nothing was refused or late.
seconds_to_recovery() {
    local began start run
    began=$(now_ms)
    for _ in $(seq 30); do
        start=$(now_ms)
        run=$(load "$API_KEY" "$CUSTOMER_UUID" --mode open --rate "$1" --connections "$connections" --warmup 0s --duration 1s)
        if jq -e '(.errors | length) == 0 and .all.p99_ms < 250' <<<"$run" >/dev/null; then
            awk -v ms=$((start - began)) 'BEGIN { printf "%.1f", ms / 1000 }'
            return
        fi
    done
    echo "more than 30"
}

# row ROUND BEFORE OPEN AFTER: of the table, from the JSON of three loops; its ratio goes to a file too.
row() {
    local open=$3 creates checks never
    creates=$(errors "$open" '^create: HTTP (503|429)')
    checks=$(errors "$open" '^check: HTTP (503|429)')
    never=$(errors "$open" '^never')
    jq -r --argjson closed "$2" --argjson again "$4" --argjson creates "$creates" --argjson checks "$checks" --argjson never "$never" \
        --arg round "$1" --arg rss "$(rss_mb)" \
        '(($closed.pairs_per_second + $again.pairs_per_second) / 2) as $capacity
         | "| \($round) | \($closed.pairs_per_second | round) / \($again.pairs_per_second | round) | \(.rate | round) |"
         + " \(.pairs_per_second | round) | \(100 * .pairs_per_second / $capacity | round) % | \($creates) | \($checks) |"
         + " \(([.errors[]] | add // 0) - $creates - $checks - $never) | \($never) |"
         + " \($closed.check.p99_ms) / \(.check.p99_ms) | \($rss) |"' <<<"$open"
    jq -r --argjson closed "$2" --argjson again "$4" \
        '100 * .pairs_per_second / (($closed.pairs_per_second + $again.pairs_per_second) / 2)' <<<"$open" >>"$work/ratios"
}

measure() {
    local store=$1 round before open after capacity
    export CARILLON_DATA=$work/$store
    mkdir -m 700 "$CARILLON_DATA"
    unset CARILLON_DATABASE_URL
    if [[ $store == postgresql ]]; then
        start_postgres "$work"
        psql -X -q -d postgres -c 'CREATE DATABASE carillon'
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
    fi
    make_account account block feedback-block
    start_carillon "$work/$store.log"
    pin_server
    : >"$work/ratios"
    say "$store: warm-up"
    before=$(closed "$warmup")
    overload "$warmup" "$(jq .pairs_per_second <<<"$before")" >/dev/null
    before=$(closed "$settle")
    echo "| $store: round | capacity before / after, pairs/s | asked for | goodput | of capacity | creates refused | checks refused | other errors | never begun | p99 of a check, ms: capacity / overload | resident MB |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|"
    for ((round = 1; round <= rounds; round++)); do
        capacity=$(jq .pairs_per_second <<<"$before")
        open=$(overload "$settle" "$capacity")
        after=$(closed "$settle")
        row "$round" "$before" "$open" "$after"
        jq -c .errors <<<"$open" >&2
        before=$after
    done
    overload "$settle" "$capacity" >/dev/null
    echo
    echo "$store: **$(median <"$work/ratios" | awk '{ printf "%.0f", $1 }') %** in the median; all was well $(seconds_to_recovery "$(awk -v c="$capacity" 'BEGIN { printf "%.0f", c / 2 }')") s after the end; at most $(peak_rss_mb) MB resident."
    echo
    stop_carillon
    stop_postgres
    PG_DATA=
}

trap cleanup EXIT
trap 'exit 130' INT TERM
began=$SECONDS
"$here/load" --help >/dev/null # builds it, when it is not built
[[ $(stat -f -c %T "$work") != tmpfs ]] || say "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR"
echo "Server on the cores $SERVER_CORES, load on $LOAD_CORES of $(nproc); open loop at $factor times capacity for $duration s, $most connections."
echo
for store in "${stores[@]}"; do
    measure "$store"
done
say "took $((SECONDS - began)) s"
