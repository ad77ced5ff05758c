#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What the database itself reaches with one operation per transaction, for the rows that a pair of create and check writes.
#
#   bench/pgbench/run.sh [CONNECTION-URL]        without one, PGHOST, PGPORT, PGUSER, PGDATABASE … are used
#
# SECONDS_EACH=20      how long each variant runs
# CLIENTS=16           pgbench's -c
# WITH_BLOCK=1         count the pair on its number's block
# WITH_ACCOUNT=1       count it on the account too: one row for all, locked until each commit is on disk
#
# Prints a line per variant: its name, pairs/s, mean latency of a pair in ms.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
database=${1:-${PGDATABASE:-postgres}}
schema=carillon_pgbench
export PGOPTIONS="-c search_path=$schema -c client_min_messages=warning"

sql() {
    psql -X -q -v ON_ERROR_STOP=1 -d "$database" "$@"
}

drop() {
    sql -c "DROP SCHEMA IF EXISTS $schema CASCADE"
}

flag() {
    [[ ${1:-1} == 1 ]] && echo true || echo false
}

trap drop EXIT
printf '%-12s %10s %10s\n' variant pairs/s ms/pair
for variant in function statements; do
    drop
    sql -c "CREATE SCHEMA $schema" -f "$here/schema.sql"
    # A checkpoint that only a superuser may ask for; without it the figures are merely less even.
    sql -c CHECKPOINT 2>/dev/null || true
    result=$(pgbench -n -M prepared -c "${CLIENTS:-16}" -j 2 -T "${SECONDS_EACH:-20}" -D sequence=0 \
        -D with_block="$(flag "${WITH_BLOCK:-1}")" -D with_account="$(flag "${WITH_ACCOUNT:-1}")" \
        -f "$here/$variant.sql" "$database" 2>&1) || {
        echo "$result" >&2
        exit 1
    }
    awk -v variant="$variant" '
        /^latency average/ { ms = $4 }
        /^tps/ { tps = $3 }
        /^number of failed transactions/ && $5 > 0 { print "pgbench: " $0 > "/dev/stderr"; failed = 1 }
        END { printf "%-12s %10.1f %10.2f\n", variant, tps, ms; exit failed }' <<<"$result"
done
