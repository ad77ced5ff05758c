#!/bin/sh
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes the tables of numbering plans and of operators' ranges from the libphonenumber that pom.xml names, about half a minute. Run it after raising
# a version there (PlanTablesTest fails until then), and commit what changes.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/jdk.sh"
need_maven
find_jdk bin/javac
cd "$here/.."
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
maven -q -B -ntp -pl core test-compile dependency:build-classpath "-Dmdep.outputFile=$classpath"
"$JAVA_HOME/bin/java" -cp "core/target/test-classes:core/target/classes:$(cat "$classpath")" dev.carillon.core.phone.PlanTables \
    core/src/main/resources/dev/carillon/core/phone
