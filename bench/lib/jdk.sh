# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash

# Prints the home of a JDK 25 or newer: JAVA_HOME, then the java of the PATH, then the usual places.
find_jdk() {
    local on_path home version
    on_path=$(readlink -f "$(command -v java || true)" || true)
    for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* \
        "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [[ -x $home/bin/javac && -f $home/release ]] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
        if ((${version:-0} >= 25)); then
            printf '%s\n' "$home"
            return
        fi
    done
    echo "No JDK 25 was found. Install one, or set JAVA_HOME to it." >&2
    return 1
}
