#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What options of the JVM do to speed and resident memory: sets of them take turns, each on a fresh store (SQLite) and a fresh server.
#
#   bench/flags.sh "-Xmx512m -Xmn96m" "-Xms128m -Xmx512m -Xmn96m" …
#
# Takes ROUNDS × sets × about a minute, and a minute for the AOT cache of each set at first.
#
# ROUNDS=3
# DURATION=20  WARMUP=30           seconds measured, seconds before it
# CONNECTIONS=64                   of the load generator
# WORK_DIR=/var/tmp                where the stores go: a real disk, not a tmpfs
#
# Prints Markdown to stdout and progress to stderr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"
# shellcheck source=lib/build.sh
. "$here/lib/build.sh"

(($#)) || {
    sed -n '5,16p' "$0" >&2
    exit 2
}
rounds=${ROUNDS:-3}
duration=${DURATION:-20}
warmup=${WARMUP:-30}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-flags.XXXXXX")
trap 'stop_carillon; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
build_bench
unset CARILLON_DATABASE_URL
for ((round = 1; round <= rounds; round++)); do
    for options in "$@"; do
        log=$work/log
        export CARILLON_DATA=$work/data CARILLON_JAVA_OPTS=$options
        mkdir -m 700 "$CARILLON_DATA"
        make_account account block feedback-block
        start_carillon "$log"
        json=$("$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
            --connections "${CONNECTIONS:-64}" --warmup "${warmup}s" --duration "${duration}s" --json) || {
            complain "the load run failed: $json" "$log"
            exit 1
        }
        jq -r --arg rss "$(peak_rss_mb)" --arg options "$options" \
            '"\(.pairs_per_second)\t\(.all.p99_ms)\t\(.all.p999_ms)\t\($rss)\t\($options)"' <<<"$json" | tee -a "$work/results" >&2
        stop_carillon
        rm -rf "$CARILLON_DATA"
    done
done

echo "Medians of $rounds rounds on SQLite, ${CONNECTIONS:-64} connections, $duration s after $warmup s. Commit $(commit)."
echo
echo "| options | pairs/s | p99 ms | p99.9 ms | peak resident MB |"
echo "|---|---|---|---|---|"
for options in "$@"; do
    row="| \`$options\` |"
    for column in 1 2 3 4; do
        row+=" $(awk -F '\t' -v options="$options" -v column="$column" '$5 == options { print $column }' "$work/results" | median) |"
    done
    echo "$row"
done
