#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What is left of the server's capacity when three times as much is asked of it: its capacity in a closed loop, then an open loop at
# that times FACTOR, then how soon all is well again, and its capacity once more, since servers and machines get faster and slower.
#
#   bench/overload.sh [STORE…]       sqlite and postgresql by default; about three and a half minutes each
#
# FACTOR=3  DURATION=20  WARMUP=90 seconds of overload, and before anything is measured (the JIT takes as long on half of the machine)
# CONNECTIONS=512                  of the closed loop: with fewer, batches are smaller than the server can make them
# MOST_CONNECTIONS=4096            of the open loop: with fewer, what is asked for too much waits in the client
# SETTLE=25                        seconds of overload before it is measured: refusals are code that has not run yet
# WORK_DIR=/var/tmp                a real disk, not a tmpfs
# SERVER_CORES, LOAD_CORES         half of the machine each by default
#
# Prints a Markdown table to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/postgres.sh
. "$here/lib/postgres.sh"
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/load.sh
. "$here/lib/load.sh"

stores=("$@")
((${#stores[@]})) || stores=(sqlite postgresql)
factor=${FACTOR:-3}
duration=${DURATION:-20}
warmup=${WARMUP:-90}
connections=${CONNECTIONS:-512}
most=${MOST_CONNECTIONS:-4096}
settle=${SETTLE:-25}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-overload.XXXXXX")
chmod 711 "$work"

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# seconds_to_recovery: from now until a second at half of the capacity in which nothing was refused or late.
seconds_to_recovery() {
    local began tried run
    began=$(now_ms)
    for tried in $(seq 30); do
        local start
        start=$(now_ms)
        run=$(load "$API_KEY" "$CUSTOMER_UUID" --mode open --rate "$half" --connections "$connections" --warmup 0s --duration 1s)
        if jq -e '(.errors | length) == 0 and .all.p99_ms < 250' <<<"$run" >/dev/null; then
            awk -v ms=$((start - began)) 'BEGIN { printf "%.1f", ms / 1000 }'
            return
        fi
        say "not yet after $tried"
    done
    echo "more than 30"
}

measure() {
    local store=$1 closed again open capacity offered before after goodput recovery half
    say "$store: capacity"
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
    closed=$(load "$API_KEY" "$CUSTOMER_UUID" --connections "$connections" --warmup "${warmup}s" --duration "${duration}s")
    capacity=$(jq .pairs_per_second <<<"$closed")
    offered=$(awk -v c="$capacity" -v f="$factor" 'BEGIN { printf "%.0f", c * f }')
    half=$(awk -v c="$capacity" 'BEGIN { printf "%.0f", c / 2 }')
    before=$(rss_mb)
    say "$store: $capacity pairs/s; now $offered"
    open=$(load "$API_KEY" "$CUSTOMER_UUID" --mode open --rate "$offered" --connections "$most" \
        --warmup "${settle}s" --duration "${duration}s")
    recovery=$(seconds_to_recovery)
    after=$(rss_mb)
    again=$(load "$API_KEY" "$CUSTOMER_UUID" --connections "$connections" --warmup 5s --duration "${duration}s")
    jq -r --arg store "$store" --argjson before "$before" --argjson after "$after" --argjson closed "$closed" --argjson again "$again" \
        --arg recovery "$recovery" --arg peak "$(peak_rss_mb)" \
        --argjson creates "$(errors "$open" '^create: HTTP (503|429)')" \
        --argjson checks "$(errors "$open" '^check: HTTP (503|429)')" \
        --argjson never "$(errors "$open" '^never')" \
        '(($closed.pairs_per_second + $again.pairs_per_second) / 2) as $capacity
         | "| \($store) | \($closed.pairs_per_second | round) / \($again.pairs_per_second | round) | \(.rate | round) |"
         + " \(.pairs_per_second | round) | **\(100 * .pairs_per_second / $capacity | round) %** | \($creates) | \($checks) |"
         + " \(([.errors[]] | add // 0) - $creates - $checks - $never) | \($never) |"
         + " \($closed.all.p99_ms) / \(.all.p99_ms) | \($before) / \($peak) / \($after) | \($recovery) |"' <<<"$open"
    jq -c .errors <<<"$open" >&2
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
echo "| store | capacity before / after, pairs/s | asked for | goodput | of capacity | creates refused | checks refused | other errors | never begun | p99 of what was done, ms: capacity / overload | resident MB before / most / after | s to recovery |"
echo "|---|---|---|---|---|---|---|---|---|---|---|---|"
for store in "${stores[@]}"; do
    measure "$store"
done
say "took $((SECONDS - began)) s"
