#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Pairs of create and check per second while each write that is forced to disk takes some milliseconds longer, beside those without, in
# interleaved rounds on one machine.
#
#   bench/commit-latency.sh [ROUNDS] 5 rounds of about two and a half minutes each by default
#
# DELAY_MS=2                       added to every fsync and fdatasync: of the server on SQLite, of the database on PostgreSQL
# LEAST=0.7                        a smaller median of the ratios on either store exits with 1
# STORES="postgresql sqlite"
# DURATION=15  WARMUP=15           seconds measured, seconds before it
# CONNECTIONS=64                   of the load generator
# WORK_DIR=/var/tmp                where the stores go: a real disk, not a tmpfs
#
# The delay is lib/slowsync.c, which needs a C compiler (cc). PostgreSQL's commit_delay would not do: it is slept only when others commit at
# the same time, and by few of them. Prints Markdown to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/postgres.sh
. "$here/lib/postgres.sh"
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"
# shellcheck source=lib/build.sh
. "$here/lib/build.sh"

rounds=${1:-5}
delay=${DELAY_MS:-2}
least=${LEAST:-0.7}
read -ra stores <<<"${STORES:-postgresql sqlite}"
duration=${DURATION:-15}
warmup=${WARMUP:-15}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-latency.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder
results=$work/results

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# preloaded VALUE: what LD_PRELOAD is to be, for a delay of VALUE ms.
preloaded() {
    [[ $1 == 0 ]] || echo "$work/slowsync.so"
}

# run ROUND STORE DELAY: a fresh store, a fresh server.
run() {
    local log=$work/$1-$2-$3 json preload
    say "round $1 of $rounds: $2, $3 ms more"
    preload=$(preloaded "$3")
    export CARILLON_DATA=$log.data
    mkdir -m 700 "$CARILLON_DATA"
    unset CARILLON_DATABASE_URL
    if [[ $2 == postgresql ]]; then
        # The server process gets it from pg_ctl, and all of its own from there.
        mkdir -m 711 "$log.pg"
        if [[ -n $preload ]]; then
            export LD_PRELOAD=$preload
        fi
        start_postgres "$log.pg"
        unset LD_PRELOAD
        psql -X -q -d postgres -c 'CREATE DATABASE carillon'
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
    fi
    make_account account block feedback-block
    if [[ $2 == sqlite && -n $preload ]]; then
        export LD_PRELOAD=$preload
    fi
    start_carillon "$log"
    unset LD_PRELOAD
    json=$("$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
        --connections "${CONNECTIONS:-64}" --warmup "${warmup}s" --duration "${duration}s" --json) || {
        complain "the load run failed: $json" "$log"
        return 1
    }
    jq -r --arg round "$1" --arg store "$2" --arg delay "$3" \
        '"\($round) \($store) \($delay) \(.pairs_per_second) \(.all.p50_ms) \(.all.p99_ms)"' <<<"$json" | tee -a "$results" >&2
    stop_carillon
    [[ $2 != postgresql ]] || stop_postgres
    rm -rf "$CARILLON_DATA" "$log.pg"
}

trap cleanup EXIT
trap 'exit 130' INT TERM
[[ $(stat -f -c %T "$work") != tmpfs ]] || say "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR"
build_bench
export SLOWSYNC_MICROS=$((delay * 1000))
cc -O2 -Wall -shared -fPIC -o "$work/slowsync.so" "$here/lib/slowsync.c" -ldl
for ((round = 1; round <= rounds; round++)); do
    for store in "${stores[@]}"; do
        if ((round % 2)); then
            run "$round" "$store" 0
            run "$round" "$store" "$delay"
        else
            run "$round" "$store" "$delay"
            run "$round" "$store" 0
        fi
    done
done

echo "Pairs per second, and latencies of creates and checks together in ms; $duration s after $warmup s, ${CONNECTIONS:-64} connections. Commit $(commit)."
missed=0
for store in "${stores[@]}"; do
    echo
    awk -v store="$store" -v delay="$delay" -v least="$least" '
        $2 == store { rate[$3, $1] = $4; p50[$3, $1] = $5; p99[$3, $1] = $6; rounds = $1 > rounds ? $1 : rounds }
        END {
            printf "| %s | as it is | p50 | p99 | %s ms more | p50 | p99 | ratio |\n|---|---|---|---|---|---|---|---|\n", store, delay
            for (i = 1; i <= rounds; i++) {
                ratio = rate[delay, i] / rate[0, i]
                for (j = i - 1; j > 0 && sorted[j] > ratio; j--) sorted[j + 1] = sorted[j]
                sorted[j + 1] = ratio
                printf "| %d | %.0f | %.1f | %.1f | %.0f | %.1f | %.1f | %.2f |\n", i, \
                    rate[0, i], p50[0, i], p99[0, i], rate[delay, i], p50[delay, i], p99[delay, i], ratio
            }
            middle = int((rounds + 1) / 2)
            median = rounds % 2 ? sorted[middle] : (sorted[middle] + sorted[middle + 1]) / 2
            printf "| **median** | | | | | | | **%.2f** |\n", median
            exit median < least
        }' "$results" || missed=1
done
exit "$missed"
