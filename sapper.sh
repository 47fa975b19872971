#!/bin/sh
# Starts Sapper; builds it first where that is needed.
#   JAVA_HOME         the Java to run and build with (17 or newer); else the one on the PATH
#   SAPPER_JAVA_OPTS  more options for the JVM, for example -Xmx4g
set -eu

fail() {
    printf 'sapper: %s\n' "$1" >&2
    exit 2
}

# The folder of this file, also when called through symbolic links.
self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
root=$(CDPATH='' cd -P "$(dirname "$self")" && pwd)
module=$root/sapper
target=$module/target
jar=$target/sapper-0.1.0-SNAPSHOT.jar

# The version of a java, such as 17.0.15: from the file beside it if there is one, which is faster than asking it.
version_of() {
    home=$(dirname "$(dirname "$(readlink -f "$1" 2>/dev/null || echo "$1")")")
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null || true)
    [ -n "$version" ] || version=$("$1" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    echo "$version"
}

java=
for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    version=$(version_of "$candidate")
    major=${version%%[!0-9]*}
    if [ "${major:-0}" -ge 17 ]; then
        java=$candidate
        break
    fi
done
[ -n "$java" ] || fail 'Java 17 or newer is needed and neither JAVA_HOME nor the PATH has it. Install a JDK, for example: apt-get install openjdk-17-jdk-headless maven (or https://adoptium.net), or set JAVA_HOME.'

stale() {
    [ ! -f "$jar" ] || [ -n "$(find "$root/pom.xml" "$module/pom.xml" "$module/src/main" -newer "$jar" -print 2>/dev/null | head -n 1)" ]
}

build() {
    command -v mvn >/dev/null || fail 'Maven (mvn) is needed to build Sapper and is not on the PATH. Install it, for example: apt-get install maven (or https://maven.apache.org/install.html).'
    JAVA_HOME=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    export JAVA_HOME
    [ -x "$JAVA_HOME/bin/javac" ] || fail "Building needs a JDK, but $JAVA_HOME has no compiler (javac). Install a JDK, for example: apt-get install openjdk-17-jdk-headless, or set JAVA_HOME."
    echo 'Building Sapper (first use, a few minutes)...' >&2
    log=$target/build.log
    started=$target/build.started
    : >"$started"
    if ! (cd "$root" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package) >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        fail "The build failed. All of its output is in $log"
    fi
    [ -f "$jar" ] || fail "The build made no $jar. Its output is in $log"
    touch -r "$started" "$jar"
}

if stale; then
    mkdir -p "$target" 2>/dev/null || fail "Cannot write to $target, where the build goes."
    if command -v flock >/dev/null; then # of two first uses at the same time, one builds and one waits
        exec 9>"$target/build.lock"
        flock 9
    fi
    if stale; then
        build
    fi
    exec 9>&-
fi

# Help needs no optimizing compiler, and the serial collector starts fastest: little garbage is made, for tensors lie
# outside the heap. Whoever asks for another collector gets it.
quick=
[ $# -gt 0 ] || quick=-XX:TieredStopAtLevel=1
for argument in "$@"; do
    case $argument in
        -h | --help | -V | --version) quick=-XX:TieredStopAtLevel=1 ;;
    esac
done
case ${SAPPER_JAVA_OPTS:-} in
    *-XX:+Use*GC*) collector= ;;
    *) collector=-XX:+UseSerialGC ;;
esac

# shellcheck disable=SC2086 # the options of the user are words
exec "$java" $collector $quick -XX:-UsePerfData -Xshare:auto -Xmx1g --enable-native-access=ALL-UNNAMED \
    ${SAPPER_JAVA_OPTS:-} -jar "$jar" "$@"
