#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Takes the primary of deploy/cluster away under load, ten times: its processes are killed, every fifth time frozen instead. A history
# of all requests and answers then proves that nothing that was answered was lost.
#
#   bench/failover.sh [--kills 10] [--users 16]    about a minute for each, and two more
#
# CLUSTER_DIR=…             where the cluster's files go: a real disk, not a tmpfs (default: a fresh folder in /var/tmp)
# CLUSTER_PORT=25400        the first of a hundred ports
# CLUSTER_DATABASE=direct   without HAProxy between the nodes and the database
# KEEP=1                    leaves the cluster, with its logs and the history, as it is at the end
#
# Prints Markdown to stdout and progress to stderr; exits with 1 when a promise was broken.
set -euo pipefail
began=$(date +%s)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export CLUSTER_DIR=${CLUSTER_DIR:-$(mktemp -u -d /var/tmp/carillon-failover.XXXXXX)}
# shellcheck source=../deploy/cluster/lib.sh
. "$here/../deploy/cluster/lib.sh"
here=$root/bench
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"

cleanup() {
    if [[ -n ${KEEP:-} ]]; then
        say "the cluster is left in $folder"
    else
        "$root/deploy/cluster/down" --delete || true
    fi
}

[[ ! -e $folder/password ]] || fail "there is a cluster in $folder already"
"$here/load" --help >/dev/null # builds it, when it is not built
trap cleanup EXIT
trap 'exit 130' INT TERM
api=$("$root/deploy/cluster/up")
look_around
carillon_settings
answer=$("$carillon" account create --name failover --json)
customer=$(jq -er .customer_uuid <<<"$answer")
"$carillon" account set "$customer" --show-codes true --window 60m --limit account=off --limit block=off >/dev/null

status=0
"$(find_jdk)/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -cp "$here/target/carillon-bench.jar" \
    dev.carillon.bench.failover.FailoverBench --member "$root/deploy/cluster/member" --api "$api" --customer-uuid "$customer" \
    --api-key "$(jq -er .api_key <<<"$answer")" --history "$folder/history.jsonl" "$@" || status=$?
echo
echo "Two nodes, three PostgreSQL servers (Patroni: ttl 20 s, loop_wait 5 s, synchronous_mode_strict), by $("$root/bin/carillon" version 2>/dev/null | head -n 1)," \
    "commit $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown); $(($(date +%s) - began)) s."
exit "$status"
