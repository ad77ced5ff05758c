# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A Carillon server of one's own. The store is chosen by CARILLON_DATA and CARILLON_DATABASE_URL in the environment, which
# every subcommand reads. CARILLON names another program than bin/carillon.

carillon=${CARILLON:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/bin/carillon}

# make_account LIMIT…: an account with those limits off; sets CUSTOMER_UUID and API_KEY.
make_account() {
    local answer limit options=()
    answer=$("$carillon" account create --name bench --json)
    CUSTOMER_UUID=$(jq -er .customer_uuid <<<"$answer")
    API_KEY=$(jq -er .api_key <<<"$answer")
    for limit in "$@"; do
        options+=(--limit "$limit=off")
    done
    if ((${#options[@]})); then
        "$carillon" account set "$CUSTOMER_UUID" "${options[@]}" >/dev/null
    fi
}

# start_carillon LOG: starts a server on free ports and creates one verification, for FIRST_NUMBER if that is set; sets API, ADMIN and
# FIRST_CREATE_MS, the time from the start of the program to the answer of that create.
start_carillon() {
    local log=$1 began ready
    began=$(date +%s%N)
    "$carillon" serve --port 0 --admin-port 0 >"$log" 2>"$log.err" &
    CARILLON_PID=$!
    until ready=$(addresses "$log"); do
        if ! kill -0 "$CARILLON_PID" 2>/dev/null || (($(date +%s%N) - began > 180 * 10 ** 9)); then
            complain "the server did not start" "$log"
            return 1
        fi
        sleep 0.01
    done
    read -r API ADMIN <<<"$ready"
    curl -sS "$API/v1/authentication" -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' \
        -d "{\"customer_uuid\":\"$CUSTOMER_UUID\",\"phone_number\":\"${FIRST_NUMBER:-+33630123456}\"}" >"$log.first" || true
    FIRST_CREATE_MS=$((($(date +%s%N) - began) / 10 ** 6))
    if ! jq -e '.status == "pending"' "$log.first" >/dev/null; then
        complain "the first create was answered: $(cat "$log.first")" "$log"
        return 1
    fi
}

# addresses LOG: the two URLs in the line that the server prints when it is ready, the API's first; fails until it is there.
addresses() {
    local pairs
    mapfile -t pairs < <(grep -oE '([0-9]{1,3}\.){3}[0-9]{1,3}:[0-9]+|localhost:[0-9]+' "$1")
    ((${#pairs[@]} >= 2)) && echo "http://${pairs[0]} http://${pairs[1]}"
}

# The server's process: the program itself, or its child when it is a script that did not exec.
server_pid() {
    local child
    child=$(pgrep -P "$CARILLON_PID" | head -n 1 || true)
    echo "${child:-$CARILLON_PID}"
}

# The most memory that the server had resident, in MB.
peak_rss_mb() {
    awk '/^VmHWM/ { printf "%d\n", $2 / 1024 }' "/proc/$(server_pid)/status"
}

stop_carillon() {
    local server
    if [[ -n ${CARILLON_PID:-} ]]; then
        server=$(server_pid)
        kill "$server" 2>/dev/null || true
        # A script that is still preparing would go on to start the server.
        [[ $server == "$CARILLON_PID" ]] || kill "$CARILLON_PID" 2>/dev/null || true
        wait "$CARILLON_PID" 2>/dev/null || true
        CARILLON_PID=
    fi
}

# complain WHAT LOG: says what went wrong, with the end of the server's output.
complain() {
    {
        echo "$1"
        tail -n 20 "$2" "$2.err"
    } >&2
}

# say WORD…: progress, with the time.
say() {
    echo "$(date +%T) $*" >&2
}
