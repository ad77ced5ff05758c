# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the scripts beside it. POSIX sh.

CARILLON_JDK_LEAST=25

# The folder of the script $1, whatever links lead to it.
script_dir() (
    path=$1
    while [ -h "$path" ]; do
        target=$(readlink "$path")
        case $target in
            /*) path=$target ;;
            *) path=$(dirname "$path")/$target ;;
        esac
    done
    cd "$(dirname "$path")" && pwd -P
)

# The full version of the JDK in $1, such as 25.0.3; nothing when there is none. Reads the file that every JDK has, since to
# start a JVM for the answer takes longer than most commands.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*)
                line=${line#*\"}
                printf '%s\n' "${line%%\"*}"
                return 0
                ;;
        esac
    done <"$1/release"
}

# Whether $1 is a JDK that is new enough, and has what the second argument names (bin/javac), if given.
jdk_fits() {
    jdk_found=$(jdk_version "$1")
    jdk_major=${jdk_found%%[!0-9]*}
    [ -n "$jdk_major" ] && [ "$jdk_major" -ge "$CARILLON_JDK_LEAST" ] && { [ -z "${2:-}" ] || [ -x "$1/$2" ]; }
}

# Sets JAVA_HOME to a JDK that fits; else says what was looked at and returns 1. $1: what it must have besides java.
find_jdk() {
    jdk_tried=
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk_fits "$JAVA_HOME" "${1:-}" && return 0
        jdk_tried="  JAVA_HOME=$JAVA_HOME ($(jdk_described "$JAVA_HOME"))"
    else
        jdk_tried="  JAVA_HOME (not set)"
    fi
    jdk_on_path=$(command -v java || true)
    if [ -n "$jdk_on_path" ]; then
        jdk_home=$(dirname "$(script_dir "$jdk_on_path")")
        if jdk_fits "$jdk_home" "${1:-}"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
        jdk_tried="$jdk_tried
  java on the PATH: $jdk_on_path ($(jdk_described "$jdk_home"))"
    else
        jdk_tried="$jdk_tried
  java on the PATH (none)"
    fi
    for jdk_home in \
        "${JDK_SEARCH_ROOT:-}"/usr/lib/jvm/* \
        "${JDK_SEARCH_ROOT:-}"/opt/* \
        "${JDK_SEARCH_ROOT:-}"/opt/*/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        "${JDK_SEARCH_ROOT:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if jdk_fits "$jdk_home" "${1:-}"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
    done
    cat >&2 <<END
carillon: needs a JDK $CARILLON_JDK_LEAST or newer${1:+ with $1}, and found none. Tried:
$jdk_tried
  /usr/lib/jvm/*, /opt/*, ~/.sdkman/candidates/java/*, ~/.jdks/*, /Library/Java/JavaVirtualMachines/*
Install one (https://adoptium.net, or your system's packages), or set JAVA_HOME to it.
END
    return 1
}

jdk_described() {
    jdk_found=$(jdk_version "$1")
    if [ -n "$jdk_found" ]; then
        printf 'Java %s' "$jdk_found"
    else
        printf 'no JDK there'
    fi
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "carillon: needs Maven (mvn) to build, and there is none on the PATH" >&2
    return 1
}

# Maven on JAVA_HOME, without the warnings that its own libraries raise on a new JDK.
maven() {
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" mvn "$@"
}
