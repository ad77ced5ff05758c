#!/bin/sh
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes the stores that UpgradeIT upgrades: has a program write one on each engine, and keeps them beside the answers that this
# program gave. Run it with the last build before a change of the schema, and commit what it makes.
#
#   server/src/test/upgrade/make.sh JAR postgresql://USER@HOST:PORT/EMPTY_DATABASE
#
# Needs curl, jq, pg_dump and a JDK 25. The name of what it makes is the version of the schema.

set -eu
jar=$1
database=$2
here=$(cd "$(dirname "$0")" && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

# A secret for this test, known to everybody.
CARILLON_MASTER_SECRET=$(cat "$here/master-secret")
export CARILLON_MASTER_SECRET

run() {
    exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar "$jar" "$@" $store
}

post() {
    curl -sS --fail-with-body "$api/v1/$1" -H "x-api-key: $key" -H 'Content-Type: application/json' -d "$2" || { cat >&2; exit 1; }
}

create() {
    post authentication "{\"customer_uuid\":\"$customer\",\"phone_number\":\"$1\"${2:-}}" | jq -r .authentication_uuid
}

check() {
    post check "{\"customer_uuid\":\"$customer\",\"authentication_uuid\":\"$1\",\"check_code\":\"$2\"}" >/dev/null
}

code() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 0.5
        code=$(curl -sf "$admin/simulator/messages?to=%2B${1#+}" | jq -r '.[0].code // empty')
        [ -z "$code" ] || { echo "$code"; return; }
    done
}

# What a customer does, on the store of the options in $store; the answers go to $1.
live() {
    : >"$work/ready"
    run serve --port 0 --admin-port 0 >"$work/ready" 2>"$work/log" &
    server=$!
    until grep -q ready "$work/ready"; do sleep 0.2; kill -0 "$server" || { cat "$work/log"; exit 1; }; done
    read -r _ _ api _ admin <"$work/ready"
    account=$(run account create --name "Before the upgrade" --json)
    customer=$(echo "$account" | jq -r .customer_uuid)
    key=$(echo "$account" | jq -r .api_key)
    (run account set "$customer" --brand Old --retry-after none --limit number-cooldown=off) >/dev/null
    (run block add "$customer" +33612340009) >/dev/null
    (run test-number add "$customer" +14155550100 424242) >/dev/null
    until curl -sf "$api/v1/lookup/%2B33612340001" -H "x-api-key: $key" -H "customer-uuid: $customer" >/dev/null; do
        sleep 0.5 # until the server knows of the account
    done
    valid=$(create +33612340001 ',"correlation_id":"before","ip":"192.0.2.7"')
    check "$valid" 000000
    check "$valid" "$(code +33612340001)"
    spent=$(create +4915112345672)
    for n in 1 2 3 4 5 6; do check "$spent" "00000$n"; done
    open=$(create +12025550193)
    undelivered=$(create +12025550192)
    sleep 2 # for the receipts
    : >"$work/statuses"
    for id in "$valid" "$spent" "$open" "$undelivered"; do
        curl -sf "$api/v1/authentication/$id" -H "x-api-key: $key" | jq -c . >>"$work/statuses"
    done
    jq -n --arg customer "$customer" --arg key "$key" --slurpfile statuses "$work/statuses" \
        '{customer: $customer, key: $key, statuses: $statuses}' >"$1"
    kill "$server"
    wait "$server"
    server=
}

store="--data $work/data"
live "$work/sqlite.json"
version=$(unzip -l "$jar" | grep -o 'db/migration/sqlite/V[0-9]*' | sed 's/.*V//' | sort -n | tail -1)
gzip -9n <"$work/data/carillon.db" >"$here/V$version.db.gz"
mv "$work/sqlite.json" "$here/V$version.sqlite.json"

store="--data $work/none --database-url $database"
live "$work/postgresql.json"
# As INSERTs, which need no client of PostgreSQL to be read.
pg_dump --inserts --no-owner --no-privileges "$database" |
    grep -Ev '^(--|SET |SELECT pg_catalog|\\)|^$' | gzip -9n >"$here/V$version.sql.gz"
mv "$work/postgresql.json" "$here/V$version.postgresql.json"
ls -l "$here"
