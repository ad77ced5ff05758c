#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# HTTP and JSON alone: a request that Carillon authenticates, reads and judges without asking its ledger, beside the same octets sent to a bare
# Netty server that answers as many octets without looking at them. They take turns.
#
#   bench/http.sh [ROUNDS]           5 rounds and one to warm up by default, about two and a half minutes
#
# LEAST=0.6                        a smaller median of the ratios exits with 1
# SECONDS_EACH=10  CONNECTIONS=64
# WORK_DIR=/var/tmp
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

work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-http.XXXXXX")

cleanup() {
    stop_carillon
    if [[ -n ${NETTY_PID:-} ]]; then
        kill "$NETTY_PID" 2>/dev/null || true
        wait "$NETTY_PID" 2>/dev/null || true
    fi
    rm -rf "$work"
}

trap cleanup EXIT
trap 'exit 130' INT TERM
build_bench
unset CARILLON_DATABASE_URL
export CARILLON_DATA=$work/data
mkdir -m 700 "$CARILLON_DATA"
make_account
start_carillon "$work/log"
answer=$(curl -sS "$API/v1/check" -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' \
    -d "{\"customer_uuid\":\"$CUSTOMER_UUID\",\"authentication_uuid\":\"none\",\"check_code\":\"123456\"}")
: >"$work/netty"
"$(find_jdk)/bin/java" -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xmx512m -Xmn96m -cp "$bench_jar" \
    dev.carillon.bench.BareNetty 400 "$answer" >"$work/netty" 2>"$work/netty.err" &
NETTY_PID=$!
for ((attempt = 0; attempt < 300; attempt++)); do
    netty=$(cat "$work/netty")
    [[ -z $netty ]] || break
    sleep 0.1
done
[[ -n $netty ]] || { complain "Netty did not start" "$work/netty"; exit 1; }
echo "Requests per second, ${CONNECTIONS:-64} connections, ${SECONDS_EACH:-10} s each; both answer $answer. Commit $(commit)."
echo
bench_java HttpBench "$API" "$netty" "$API_KEY" "$CUSTOMER_UUID" "${CONNECTIONS:-64}" "${1:-5}" "${SECONDS_EACH:-10}" "${LEAST:-0.6}"
