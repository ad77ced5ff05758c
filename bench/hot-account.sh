#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Whether one account that pays for everything is held up by its balance: pairs of create and check of a prepaid account with prices, beside those
# of an account without, on one server in turns.
#
#   bench/hot-account.sh [ROUNDS]    5 rounds, about three minutes by default
#
# STORE=sqlite                     or postgresql: one that the script makes itself
# DURATION=10  WARMUP=30           seconds measured of each account and round; seconds in the beginning
# CONNECTIONS=64                   of the load generator
# LEAST=0.8                        a smaller median of the ratios exits with 1, as do books that do not balance
# WORK_DIR=/var/tmp                where the store goes: a real disk, not a tmpfs
#
# Prints Markdown to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/postgres.sh
. "$here/lib/postgres.sh"
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"

rounds=${1:-5}
store=${STORE:-sqlite}
duration=${DURATION:-10}
warmup=${WARMUP:-30}
connections=${CONNECTIONS:-64}
least=${LEAST:-0.8}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-hot.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder
results=$work/results
declare -A customer key

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# account NAME: makes one, to be called by that name.
account() {
    make_account account block feedback-block
    customer[$1]=$CUSTOMER_UUID
    key[$1]=$API_KEY
}

# load NAME SECONDS: prints what the load generator measured.
load() {
    "$here/load" --url "$API" --admin-url "$ADMIN" --api-key "${key[$1]}" --customer-uuid "${customer[$1]}" \
        --connections "$connections" --warmup 1s --duration "$2s" --json || {
        complain "the load run failed" "$work/log"
        return 1
    }
}

# run ROUND NAME
run() {
    say "round $1 of $rounds: $2"
    load "$2" "$duration" |
        jq -r --arg round "$1" --arg what "$2" '"\($round) \($what) \(.pairs_per_second) \(.all.p50_ms) \(.all.p99_ms) \(.all.max_ms)"' |
        tee -a "$results" >&2
}

trap cleanup EXIT
trap 'exit 130' INT TERM
unset CARILLON_DATABASE_URL
[[ $(stat -f -c %T "$work") != tmpfs ]] || say "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR"
"$here/load" --help >/dev/null # builds it, when it is not built
export CARILLON_DATA=$work/data
mkdir -m 700 "$CARILLON_DATA"
if [[ $store == postgresql ]]; then
    start_postgres "$work"
    psql -X -q -d postgres -c "CREATE DATABASE carillon"
    export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
fi
account without
account paying
{
    "$carillon" price set "${customer[paying]}" verification "0.009 EUR"
    "$carillon" price set "${customer[paying]}" message "0.045 EUR"
    "$carillon" account set "${customer[paying]}" --prepaid true
    "$carillon" balance topup "${customer[paying]}" 1000000
} >/dev/null
CUSTOMER_UUID=${customer[without]} API_KEY=${key[without]}
start_carillon "$work/log"
say "warming up"
load without $((warmup / 2)) >/dev/null
load paying $((warmup / 2)) >/dev/null
for ((round = 1; round <= rounds; round++)); do
    if ((round % 2)); then
        run "$round" without
        run "$round" paying
    else
        run "$round" paying
        run "$round" without
    fi
done
books=$("$carillon" balance verify) || {
    echo "the books do not balance: $books" >&2
    exit 1
}

echo "Pairs of create and check on $store, $connections connections, $duration s each; latencies in ms. Commit $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)."
echo
awk -v least="$least" '
    { rate[$2, $1] = $3; p99[$2, $1] = $5; worst[$2, $1] = $6; rounds = $1 > rounds ? $1 : rounds }
    END {
        print "| round | without prices: pairs/s | p99 | max | prepaid: pairs/s | p99 | max | ratio of pairs/s | of p99 |"
        print "|---|---|---|---|---|---|---|---|---|"
        for (i = 1; i <= rounds; i++) {
            ratio = rate["paying", i] / rate["without", i]
            for (j = i - 1; j > 0 && sorted[j] > ratio; j--) sorted[j + 1] = sorted[j]
            sorted[j + 1] = ratio
            printf "| %d | %.0f | %.1f | %.1f | %.0f | %.1f | %.1f | %.2f | %.2f |\n", i, rate["without", i], p99["without", i], worst["without", i], \
                rate["paying", i], p99["paying", i], worst["paying", i], ratio, p99["paying", i] / p99["without", i]
        }
        middle = int((rounds + 1) / 2)
        median = rounds % 2 ? sorted[middle] : (sorted[middle] + sorted[middle + 1]) / 2
        printf "| **median** | | | | | | | **%.2f** | |\n", median
        exit median < least
    }' "$results"
echo
echo "Afterwards \`balance verify\` said: $(head -n 1 <<<"$books")"
