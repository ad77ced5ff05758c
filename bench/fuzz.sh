#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Fuzzes every parser that faces the network with Jazzer, one after the other.
#
#   bench/fuzz.sh [SECONDS each]     600 by default, so about two and a half hours
#
# What was found interesting stays in server/target/fuzz and is where the next run begins. An input that breaks something is printed with what it broke: put
# it among the seeds of server/src/test/java/dev/carillon/server/fuzz/FuzzTarget.java.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/jdk.sh
. "$here/lib/jdk.sh"
cd "$here/.."
JAVA_HOME=$(find_jdk)
export JAVA_HOME
exec mvn -B -ntp -pl core,server test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dcarillon.fuzz.seconds="${1:-600}"
