# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Load on a server of one's own, which has cores of its own where there are several: then what a refusal costs the client is not taken
# for what it costs the server.

if (($(nproc) > 1)); then
    SERVER_CORES=${SERVER_CORES:-0-$(($(nproc) / 2 - 1))}
    LOAD_CORES=${LOAD_CORES:-$(($(nproc) / 2))-$(($(nproc) - 1))}
else
    SERVER_CORES=${SERVER_CORES:-0}
    LOAD_CORES=${LOAD_CORES:-0}
fi

# pin_server: the server, and the database when there is one, to their cores.
pin_server() {
    local pid
    taskset -a -cp "$SERVER_CORES" "$(server_pid)" >/dev/null
    if [[ -n ${PG_DATA:-} ]]; then
        for pid in $(head -n 1 "$PG_DATA/postmaster.pid") $(pgrep -P "$(head -n 1 "$PG_DATA/postmaster.pid")"); do
            taskset -a -cp "$SERVER_CORES" "$pid" >/dev/null
        done
    fi
}

# load KEY CUSTOMER OPTION…: prints the run's JSON; refusals are part of it.
load() {
    local key=$1 customer=$2
    shift 2
    taskset -c "$LOAD_CORES" "$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$key" --customer-uuid "$customer" \
        --json "$@" 2>/dev/null || true
}

# rss_mb: what the server has resident now.
rss_mb() {
    awk '/^VmRSS/ { printf "%d\n", $2 / 1024 }' "/proc/$(server_pid)/status"
}

# errors JSON PATTERN: how many of the run's errors have names like it.
errors() {
    jq --arg like "$2" '[.errors | to_entries[] | select(.key | test($like)) | .value] | add // 0' <<<"$1"
}

# milliseconds since some time
now_ms() {
    echo $(($(date +%s%N) / 10 ** 6))
}
