#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What one account feels of another: a quiet one with RATE pairs a second, alone, beside one that keeps the server busy, and
# beside one that asks for three times what the server can do.
#
#   bench/fairness.sh [STORE]        sqlite by default; about three minutes
#
# RATE=50  DURATION=15  WARMUP=75  WORK_DIR=/var/tmp  SERVER_CORES, LOAD_CORES
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

store=${1:-sqlite}
rate=${RATE:-50}
duration=${DURATION:-15}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-fairness.XXXXXX")
chmod 711 "$work"

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

quiet() {
    load "$quiet_key" "$quiet_uuid" --mode open --rate "$rate" --connections 16 --warmup 3s --duration "${duration}s"
}

# row NAME JSON [OTHER's JSON]
row() {
    jq -r --arg name "$1" --argjson normal "$normal" --argjson other "${3:-null}" \
        '"| \($name) | \($other.pairs_per_second // 0 | round) | \(.pairs_per_second | round) | \([.errors[]] | add // 0) |"
         + " \(.all.p50_ms) | \(.all.p99_ms) | \(100 * .all.p99_ms / $normal | round / 100) |"' <<<"$2"
}

# beside OPTION…: the quiet one's run while the loud one has these options; sets mine and others.
beside() {
    load "$loud_key" "$loud_uuid" --warmup 1s --duration "$((duration + 3))s" "$@" >"$work/loud.json" &
    local loud=$!
    sleep 1
    mine=$(quiet)
    wait "$loud"
    others=$(cat "$work/loud.json")
}

trap cleanup EXIT
trap 'exit 130' INT TERM
began=$SECONDS
"$here/load" --help >/dev/null # builds it, when it is not built
export CARILLON_DATA=$work/data
mkdir -m 700 "$CARILLON_DATA"
unset CARILLON_DATABASE_URL
if [[ $store == postgresql ]]; then
    start_postgres "$work"
    psql -X -q -d postgres -c 'CREATE DATABASE carillon'
    export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
fi
make_account account block feedback-block
loud_key=$API_KEY loud_uuid=$CUSTOMER_UUID
make_account account block feedback-block
quiet_key=$API_KEY quiet_uuid=$CUSTOMER_UUID
start_carillon "$work/log"
pin_server
say "warming up, and finding the capacity"
capacity=$(load "$loud_key" "$loud_uuid" --connections 64 --warmup "${WARMUP:-75}s" --duration 5s | jq '.pairs_per_second | round')
say "$capacity pairs/s; the quiet one alone"
alone=$(quiet)
say "beside half of the capacity"
beside --mode open --rate $((capacity / 2)) --connections 64
normal=$(jq .all.p99_ms <<<"$mine")
half=$mine half_other=$others
say "beside all of it, 64 connections"
beside --connections 64
full=$mine full_other=$others
say "beside three times as much"
beside --mode open --rate $((capacity * 3)) --connections 512
echo "$store, server on the cores $SERVER_CORES, load on $LOAD_CORES of $(nproc); capacity $capacity pairs/s; the quiet account asks for $rate pairs/s."
echo
echo "| beside | other's pairs/s | pairs/s | errors | p50 ms | p99 ms | p99 to that beside half of capacity |"
echo "|---|---|---|---|---|---|---|"
row "nobody" "$alone"
row "half of the capacity" "$half" "$half_other"
row "64 connections in a closed loop" "$full" "$full_other"
row "three times the capacity" "$mine" "$others"
say "took $((SECONDS - began)) s"
