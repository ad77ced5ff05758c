#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What others feel while somebody holds thousands of connections, and what these cost: silent ones, requests that come a byte a
# second, answers that nobody reads.
#
#   bench/hostile.sh [COUNT]         10000 connections of each kind; about 2 minutes
#
# RATE=100  SECONDS_EACH=25  WORK_DIR=/var/tmp
#
# Prints a Markdown table to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/load.sh
. "$here/lib/load.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"

count=${1:-10000}
rate=${RATE:-100}
each=${SECONDS_EACH:-25}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-hostile.XXXXXX")
hold=

cleanup() {
    if [[ -n $hold ]]; then
        kill "$hold" 2>/dev/null || true
    fi
    stop_carillon
    rm -rf "$work"
}

good() {
    load "$API_KEY" "$CUSTOMER_UUID" --mode open --rate "$rate" --connections 32 --warmup 0s --duration "$1s"
}

# row NAME JSON OPEN RSS
row() {
    jq -r --arg name "$1" --arg open "$3" --arg rss "$4" \
        '"| \($name) | \($open) | \(.pairs_per_second | round) | \([.errors[]] | add // 0) | \(.all.p50_ms) | \(.all.p99_ms) | \($rss) |"' <<<"$2"
}

# attack WHAT COUNT
attack() {
    local run rss opened
    say "$2 connections: $1"
    taskset -c "$LOAD_CORES" "$jdk/bin/java" -Xmx128m "$here/lib/HoldConnections.java" "${API##*:}" "$2" "$1" "$each" >"$work/hold" &
    hold=$!
    until grep -q '^open' "$work/hold" || ! kill -0 "$hold" 2>/dev/null; do
        sleep 0.1
    done
    opened=$(sed -n 's/^open \([0-9]*\).*/\1/p' "$work/hold")
    run=$(good $((each > 15 ? 12 : each - 3)))
    rss=$(rss_mb)
    wait "$hold" || true
    hold=
    row "$2 × $1" "$run" "$opened, then $(sed -n 's/^still open //p' "$work/hold")" "$rss"
    sleep 2
}

trap cleanup EXIT
trap 'exit 130' INT TERM
began=$SECONDS
jdk=$(find_jdk)
"$here/load" --help >/dev/null # builds it, when it is not built
export CARILLON_DATA=$work/data
mkdir -m 700 "$CARILLON_DATA"
unset CARILLON_DATABASE_URL
make_account account block feedback-block
start_carillon "$work/log"
pin_server
say "warming up"
good 8 >/dev/null
alone=$(good 8)
echo "SQLite, server on the cores $SERVER_CORES, load on $LOAD_CORES of $(nproc); others ask for $rate pairs/s meanwhile."
echo
echo "| beside | connections open, then | pairs/s of others | errors | p50 ms | p99 ms | resident MB |"
echo "|---|---|---|---|---|---|---|"
row nobody "$alone" 0 "$(rss_mb)"
attack idle "$count"
attack idle $((count * 3 / 2))
attack head "$count"
attack body "$count"
attack unread $((count / 10))
row "nobody again" "$(good 8)" 0 "$(rss_mb)"
say "took $((SECONDS - began)) s"
