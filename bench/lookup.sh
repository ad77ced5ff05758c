#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Lookups a second beside a constant answer of the same server, in turns, on a fresh store.
#
#   bench/lookup.sh [ROUNDS]         3 rounds by default, and one before them to warm up
#
# SECONDS_EACH=10  CONNECTIONS=64
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/carillon.sh
. "$here/lib/carillon.sh"
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"
jdk=$(find_jdk)
jar=$here/target/carillon-bench.jar
if [[ ! -f $jar ]]; then
    (cd "$here/.." && JAVA_HOME=$jdk mvn -q -B -ntp -pl bench -am -DskipTests package) >&2
fi
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-lookup.XXXXXX")
trap 'stop_carillon; rm -rf "$work"' EXIT
export CARILLON_DATA=$work/data
mkdir -m 700 "$CARILLON_DATA"
make_account
start_carillon "$work/log"
"$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms256m -Xmx256m -cp "$jar" dev.carillon.bench.LookupBench \
    "$API" "$ADMIN" "$API_KEY" "$CUSTOMER_UUID" "${CONNECTIONS:-64}" "${1:-3}" "${SECONDS_EACH:-10}"
