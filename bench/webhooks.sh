#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# How soon receivers of webhooks hear of a backlog while one in ten of them hangs, over real connections on this machine.
#
#   bench/webhooks.sh [EVENTS [RECEIVERS]]  50000 events to 100 receivers by default, about two minutes with the build
#
# Prints one line. It is server/src/test/…/webhook/BacklogTest at another size, and exits with 1 when that fails: memory that grows,
# or a receiver that is well and does not hear everything.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../bin/jdk.sh
. "$here/../bin/jdk.sh"
cd "$here/.."
need_maven
find_jdk bin/javac
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! maven -B -ntp -Dstyle.color=never -pl core,server test -Dtest=BacklogTest -Dsurefire.failIfNoSpecifiedTests=false -Dtest.compilers=4 \
    -Dcarillon.webhook.events="${1:-50000}" -Dcarillon.webhook.receivers="${2:-100}" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
grep 'one in ten hangs' "$log"
