#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# What one finished verification takes on disk, with its events, its number's record and their share of the indexes and free space.
#
#   bench/size.sh [SECONDS]          of load on each store, 20 by default: about a minute in all
#
# MOST=1500                        more octets on either store exit with 1
# CONNECTIONS=64                   of the load generator
# WORK_DIR=/var/tmp                where the stores go
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

seconds=${1:-20}
most=${MOST:-1500}
work=$(mktemp -d "${WORK_DIR:-/var/tmp}/carillon-size.XXXXXX")
chmod 711 "$work" # PostgreSQL's user must get to its folder

cleanup() {
    stop_carillon
    stop_postgres
    rm -rf "$work"
}

# sizes STORE: prints lines "table octets" (indexes included), and one "rows N" of verifications.
sizes() {
    if [[ $1 == postgresql ]]; then
        # Partitions count for their table.
        psql -X -At -F ' ' -d carillon -c "
            SELECT CASE WHEN relname LIKE 'verification%' THEN 'verification' ELSE relname END, sum(pg_total_relation_size(oid))
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1
            UNION ALL SELECT 'rows', count(*) FROM verification"
    else
        "$(find_jdk)/bin/java" --enable-native-access=ALL-UNNAMED -cp "$server_jar" "$here/lib/SqliteSizes.java" \
            "$CARILLON_DATA/carillon.db"
    fi
}

# measure STORE: adds lines "store table octets-per-verification" to the results.
measure() {
    say "load on $1"
    export CARILLON_DATA=$work/$1.data
    mkdir -m 700 "$CARILLON_DATA"
    unset CARILLON_DATABASE_URL
    if [[ $1 == postgresql ]]; then
        export CARILLON_DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/carillon"
    fi
    make_account account block
    sizes "$1" >"$work/$1.before"
    start_carillon "$work/$1.log"
    "$here/load" --url "$API" --admin-url "$ADMIN" --api-key "$API_KEY" --customer-uuid "$CUSTOMER_UUID" \
        --connections "${CONNECTIONS:-64}" --warmup 0s --duration "${seconds}s" --json >"$work/$1.json" ||
        { complain "the load run failed: $(cat "$work/$1.json")" "$work/$1.log"; return 1; }
    stop_carillon # waits until the messages are told of, and on SQLite moves the log into the file
    sizes "$1" >"$work/$1.after"
    awk -v store="$1" '
        NR == FNR { before[$1] = $2; next }
        { after[$1] = $2 }
        END {
            rows = after["rows"] - before["rows"]
            print store, "rows", rows
            for (table in after) if (table != "rows") print store, table, (after[table] - before[table]) / rows
        }' "$work/$1.before" "$work/$1.after" >>"$work/results"
}

trap cleanup EXIT
trap 'exit 130' INT TERM
build_bench
start_postgres "$work"
psql -X -q -d postgres -c 'CREATE DATABASE carillon'
measure postgresql
measure sqlite

echo "Octets on disk for each finished verification, after $seconds s of load on a fresh store. Commit $(commit)."
echo
awk -v most="$most" '
    $2 == "rows" { rows[$1] = $3; next }
    $3 >= 0.5 || $3 <= -0.5 { octets[$1, $2] = $3; total[$1] += $3; if (!($2 in seen)) { seen[$2]; name[++names] = $2 } }
    END {
        printf "| table, with its indexes | PostgreSQL, %d verifications | SQLite, %d |\n|---|---|---|\n", rows["postgresql"], rows["sqlite"]
        for (i = 1; i <= names; i++) printf "| `%s` | %.0f | %.0f |\n", name[i], octets["postgresql", name[i]], octets["sqlite", name[i]]
        printf "| **together** | **%.0f** | **%.0f** |\n", total["postgresql"], total["sqlite"]
        exit total["postgresql"] > most || total["sqlite"] > most
    }' "$work/results"
