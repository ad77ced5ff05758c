# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What the benchmarks in Java run with; needs jdk.sh.

bench_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bench_jar=$bench_root/bench/target/carillon-bench.jar
server_jar=$bench_root/server/target/carillon.jar

# build_bench: builds both jars when there is no build.
build_bench() {
    if [[ ! -f $bench_jar || ! -f $server_jar ]]; then
        (cd "$bench_root" && JAVA_HOME=$(find_jdk) mvn -q -B -ntp -pl bench -am -DskipTests package) >&2
    fi
}

# bench_java CLASS ARGUMENT…: runs a class of bench; the client shares the machine with the server, and its hot code is small.
bench_java() {
    local class=$1
    shift
    "$(find_jdk)/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms256m -Xmx256m -cp "$bench_jar" "dev.carillon.bench.$class" "$@"
}

# median: of the numbers on stdin, one a line.
median() {
    sort -n | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'
}

# commit: which state of the program is measured.
commit() {
    git -C "$bench_root" rev-parse --short HEAD 2>/dev/null || echo unknown
}
