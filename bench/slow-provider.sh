#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What creates feel of a provider that takes 30 s to answer: their p99 beside that with a provider that answers at once, in
# interleaved rounds on one machine.
#
#   bench/slow-provider.sh [ROUNDS]  5 rounds of about a minute each by default
#
# RATE=200                         creates per second
# DURATION=15  WARMUP=5            seconds measured, seconds before it
# CONNECTIONS=64                   of the load generator
# MOST=1.2                         a greater median of the ratios exits with 1
# WORK_DIR=/var/tmp                where the store goes: a real disk, not a tmpfs
#
# Prints Markdown to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"

rounds=${1:-5}
rate=${RATE:-200}
duration=${DURATION:-15}
warmup=${WARMUP:-5}
connections=${CONNECTIONS:-64}
most=${MOST:-1.2}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-slow.XXXXXX")
results=$work/results
java=$(find_jdk)/bin/java

cleanup() {
    stop_carillon
    stop_provider
    rm -rf "$work"
}

# start_provider SECONDS: sets PROVIDER, its URL.
start_provider() {
    local said=$work/provider attempt
    : >"$said"
    "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m "$here/lib/SlowProvider.java" "$1" >"$said" &
    PROVIDER_PID=$!
    for ((attempt = 0; attempt < 300; attempt++)); do
        PROVIDER=$(cat "$said")
        [[ -z $PROVIDER ]] || return 0
        sleep 0.1
    done
    echo "the provider did not start" >&2
    return 1
}

stop_provider() {
    if [[ -n ${PROVIDER_PID:-} ]]; then
        kill "$PROVIDER_PID" 2>/dev/null || true
        wait "$PROVIDER_PID" 2>/dev/null || true
        PROVIDER_PID=
    fi
}

# run ROUND WHAT SECONDS: a fresh server on a fresh store, with a provider that takes that long.
run() {
    local log=$work/$1-$2 json
    echo "$(date +%T) round $1 of $rounds: a provider that takes $3 s" >&2
    start_provider "$3"
    export CARILLON_DATA=$log.data CARILLON_CONFIG=$log.yaml
    mkdir -m 700 "$CARILLON_DATA"
    cat >"$CARILLON_CONFIG" <<END
connections:
  provider:
    kind: http
    sender: Acme
    timeout: 25s
    options:
      url: $PROVIDER/send
      body: '{"to":"{{to}}","text":"{{text}}"}'
END
    make_account account block
    start_carillon "$log"
    json=$("$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
        --codes none --mode open --rate "$rate" --connections "$connections" \
        --warmup "${warmup}s" --duration "${duration}s" --json) || {
        complain "the load run failed: $json" "$log"
        return 1
    }
    jq -r --arg round "$1" --arg what "$2" '"\($round) \($what) \(.create.p50_ms) \(.create.p99_ms) \(.create.max_ms)"' \
        <<<"$json" | tee -a "$results" >&2
    # Messages that nobody will ever answer are not waited for.
    kill -KILL "$(server_pid)"
    stop_carillon
    stop_provider
    rm -rf "$CARILLON_DATA"
}

trap cleanup EXIT
trap 'exit 130' INT TERM
unset CARILLON_DATABASE_URL
[[ $(stat -f -c %T "$work") != tmpfs ]] || echo "WARNING: $work is no disk, so nothing here is durable; set WORK_DIR" >&2
"$here/load" --help >/dev/null # builds it, when it is not built
for ((round = 1; round <= rounds; round++)); do
    if ((round % 2)); then
        run "$round" at-once 0
        run "$round" slow 30
    else
        run "$round" slow 30
        run "$round" at-once 0
    fi
done

echo "Creates at $rate/s for $duration s after $warmup s; latencies in ms. Commit $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)."
echo
awk -v most="$most" '
    { p50[$2, $1] = $3; p99[$2, $1] = $4; worst[$2, $1] = $5; rounds = $1 > rounds ? $1 : rounds }
    END {
        print "| round | at once: p50 | p99 | max | 30 s: p50 | p99 | max | ratio of p99 |"
        print "|---|---|---|---|---|---|---|---|"
        for (i = 1; i <= rounds; i++) {
            ratio = p99["slow", i] / p99["at-once", i]
            for (j = i - 1; j > 0 && sorted[j] > ratio; j--) sorted[j + 1] = sorted[j]
            sorted[j + 1] = ratio
            printf "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f |\n", i, \
                p50["at-once", i], p99["at-once", i], worst["at-once", i], p50["slow", i], p99["slow", i], worst["slow", i], ratio
        }
        middle = int((rounds + 1) / 2)
        median = rounds % 2 ? sorted[middle] : (sorted[middle] + sorted[middle + 1]) / 2
        printf "| **median** | | | | | | | **%.2f** |\n", median
        exit median > most
    }' "$results"
