#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Carillon on a store that holds many finished verifications, beside itself on an empty one, in turns.
#
#   bench/large.sh [HOW-MANY [ROUNDS]]     10000000 and 3 rounds by default: about half an hour
#   bench/large.sh 200000 1                a quick look
#
# --store sqlite                   as the first argument: on SQLite instead of PostgreSQL
# DAYS=7                           over so many days, up to now, they are spread
# LEAST=0.9  MOST_MS=10            a smaller median of the ratios, or a greater median of the p99 of status reads, exits with 1
# DURATION=20  WARMUP=20           seconds measured, seconds before it
# CONNECTIONS=64                   of the load generator
# WORK_DIR=/var/tmp                a real disk with some 15 GB to spare for ten million; all is removed at the end
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
# shellcheck source=lib/build.sh
. "$here/lib/build.sh"

store=postgresql
if [[ ${1:-} == --store ]]; then
    store=$2
    shift 2
fi
many=${1:-10000000}
rounds=${2:-3}
duration=${DURATION:-20}
warmup=${WARMUP:-20}
connections=${CONNECTIONS:-64}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-large.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder
results=$work/results

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# use NAME: has the commands work on that store.
use() {
    export CARILLON_DATA=$work/$1.data
    unset CARILLON_DATABASE_URL
    if [[ $store == postgresql ]]; then
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon_$1"
    fi
}

# make NAME: a fresh store with an account.
make() {
    use "$1"
    mkdir -m 700 "$CARILLON_DATA"
    [[ $store != postgresql ]] || psql -X -q -d postgres -c "CREATE DATABASE carillon_$1"
    make_account account block feedback-block
    echo "$CUSTOMER_UUID $API_KEY" >"$work/$1.account"
}

# load WARMUP DURATION: on the server that runs; prints JSON.
load() {
    "$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
        --connections "$connections" --warmup "${1}s" --duration "${2}s" --json
}

# reads SECONDS: of statuses; prints reads a second, p50 and p99 in ms.
reads() {
    bench_java StatusBench "$API" "$API_KEY" "$CUSTOMER_UUID" "$connections" "$1" "$work/sample"
}

# run ROUND NAME
run() {
    local log=$work/$1-$2 json reads=-
    say "round $1 of $rounds: the $2 store"
    use "$2"
    read -r CUSTOMER_UUID API_KEY <"$work/$2.account"
    FIRST_NUMBER=+3363$((1000000 + RANDOM)) start_carillon "$log"
    if [[ $2 == full ]]; then
        reads=$(reads "$warmup" && reads "$duration") || {
            complain "reads of statuses failed" "$log"
            return 1
        }
        reads=${reads#*$'\n'}
    fi
    json=$(load "$warmup" "$duration") || {
        complain "the load run failed: $json" "$log"
        return 1
    }
    stop_carillon
    jq -r --arg round "$1" --arg name "$2" --arg reads "$reads" \
        '"\($round) \($name) \(.pairs_per_second) \(.all.p99_ms) \($reads)"' <<<"$json" | tee -a "$results" >&2
}

trap cleanup EXIT
trap 'exit 130' INT TERM
[[ $(stat -f -c %T "$work") != tmpfs ]] || say "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR"
build_bench
[[ $store != postgresql ]] || start_postgres "$work"

say "some verifications as the server makes them"
make full
start_carillon "$work/template"
load 0 5 >"$work/template.json" || { complain "the load run failed" "$work/template"; exit 1; }
stop_carillon
say "$many like them"
began=$SECONDS
"$(find_jdk)/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$server_jar:$bench_jar" dev.carillon.bench.Fill \
    "$CARILLON_DATA" "${CARILLON_DATABASE_URL:-}" "$many" "${DAYS:-7}" "$work/sample"
filled=$((SECONDS - began))
if [[ $store == postgresql ]]; then
    size=$(psql -X -At -d carillon_full -c 'SELECT pg_size_pretty(pg_database_size(current_database()))')
else
    size=$(du -h "$CARILLON_DATA/carillon.db" | cut -f 1)
fi
say "that took $filled s"
for ((round = 1; round <= rounds; round++)); do
    make empty
    # In turns, and neither always first.
    if ((round % 2)); then order="empty full"; else order="full empty"; fi
    for name in $order; do run "$round" "$name"; done
    [[ $store != postgresql ]] || psql -X -q -d postgres -c 'DROP DATABASE carillon_empty'
    rm -rf "$work/empty.data"
done

echo "On $store with $many finished verifications stored ($size, filled in $filled s) and on an empty store, in turns; $connections connections, $duration s after $warmup s. Commit $(commit)."
echo
awk -v least="${LEAST:-0.9}" -v most="${MOST_MS:-10}" '
    # Sorts list[1..n] and returns its median.
    function median(list, n,    i, j, held) {
        for (i = 2; i <= n; i++) {
            held = list[i]
            for (j = i - 1; j > 0 && list[j] > held; j--) list[j + 1] = list[j]
            list[j + 1] = held
        }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    { rate[$2, $1] = $3; p99[$2, $1] = $4; rounds = $1 > rounds ? $1 : rounds }
    $2 == "full" { reads[$1] = $5; readp50[$1] = $6; readp99[$1] = $7 }
    END {
        print "| round | empty: pairs/s | p99 ms | full: pairs/s | p99 ms | ratio | status reads/s | p50 ms | p99 ms |"
        print "|---|---|---|---|---|---|---|---|---|"
        for (i = 1; i <= rounds; i++) {
            ratio[i] = rate["full", i] / rate["empty", i]
            tail[i] = readp99[i] + 0
            printf "| %d | %.0f | %.1f | %.0f | %.1f | %.2f | %.0f | %.2f | %.2f |\n", i, rate["empty", i], p99["empty", i], \
                rate["full", i], p99["full", i], ratio[i], reads[i], readp50[i], readp99[i]
        }
        r = median(ratio, rounds)
        t = median(tail, rounds)
        printf "| **median** | | | | | **%.2f** | | | **%.2f** |\n", r, t
        exit r < least || t >= most
    }' "$results"
