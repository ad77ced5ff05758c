#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# From the start of bin/carillon to the answer of the first create, with a warm AOT cache and a store whose schema is current.
#
#   bench/start.sh [N]               N starts on each store in turns, 15 by default: about two minutes
#
# MOST=1000                        a greater median, in ms, exits with 1
# WORK_DIR=/var/tmp                where the stores go: a real disk, not a tmpfs
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

starts=${1:-15}
most=${MOST:-1000}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-start.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# use STORE: has the commands work on it.
use() {
    export CARILLON_DATA=$work/$1.data
    unset CARILLON_DATABASE_URL
    if [[ $1 == postgresql ]]; then
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
    fi
}

# start STORE: once, on that store; sets FIRST_CREATE_MS.
start() {
    use "$1"
    read -r CUSTOMER_UUID API_KEY <"$work/$1.account"
    start_carillon "$work/$1.log"
    stop_carillon
}

trap cleanup EXIT
trap 'exit 130' INT TERM
build_bench
start_postgres "$work"
psql -X -q -d postgres -c 'CREATE DATABASE carillon'
for store in sqlite postgresql; do
    use "$store"
    mkdir -m 700 "$CARILLON_DATA"
    make_account account block
    echo "$CUSTOMER_UUID $API_KEY" >"$work/$store.account"
    say "the first start on $store, which makes the cache when there is none"
    FIRST_NUMBER=+33630000000 start "$store"
done
for ((i = 1; i <= starts; i++)); do
    for store in sqlite postgresql; do
        FIRST_NUMBER=+336301$((10000 + i)) start "$store"
        echo "$store $FIRST_CREATE_MS" >>"$work/results"
        say "start $i of $starts on $store: $FIRST_CREATE_MS ms"
    done
done

echo "Start of \`bin/carillon serve\` to the answer of the first create, $starts starts on each store, ms. Commit $(commit)."
echo
echo "| store | least | median | greatest |"
echo "|---|---|---|---|"
missed=0
for store in sqlite postgresql; do
    awk -v store="$store" '$1 == store { print $2 }' "$work/results" >"$work/$store.ms"
    middle=$(median <"$work/$store.ms")
    echo "| $store | $(sort -n "$work/$store.ms" | head -n 1) | **$middle** | $(sort -n "$work/$store.ms" | tail -n 1) |"
    awk -v a="$middle" -v b="$most" 'BEGIN { exit a > b }' || missed=1
done
exit "$missed"
