#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What a lookup costs in memory alone, without HTTP and store: processor time and octets allocated for each.
#
#   bench/lookup-local.sh [ROUNDS]   20 rounds of 100,000 numbers to warm up by default, about 20 seconds; then one that counts
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"
jdk=$(find_jdk)
jar=$here/target/carillon-bench.jar
server=$here/../server/target/carillon.jar
if [[ ! -f $jar || ! -f $server ]]; then
    (cd "$here/.." && JAVA_HOME=$jdk mvn -q -B -ntp -pl bench -am -DskipTests package) >&2
fi
exec "$jdk/bin/java" -XX:+UseSerialGC -Xms256m -Xmx256m -cp "$server:$jar" dev.carillon.bench.LocalLookups "${1:-20}"
