#!/usr/bin/env bash
# Puts what throughput.sh needs in a folder of its own, for a machine that has no JDK, no Maven and no network:
#   mvn -B -Pcuda package -DskipTests && bench/pack.sh ../sapper-bench
# Copy that folder there and run DEVICE=cuda ./throughput.sh in it. It holds a Java runtime for this machine's platform.
set -euo pipefail
[ $# -eq 1 ] || { echo 'usage: pack.sh FOLDER' >&2; exit 64; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
module=$(dirname "$(dirname "$(ls -d "$here"/../*/target/sapper-0.1.0-SNAPSHOT.jar)")")
[ ! -e "$1" ] || { echo "$1 is there already." >&2; exit 2; }
mkdir -p "$1/lib" "$1/classes"
jlink --add-modules java.se,jdk.unsupported --strip-debug --no-header-files --no-man-pages --output "$1/java"
cp "$module"/target/sapper-0.1.0-SNAPSHOT.jar "$module"/target/lib/*.jar "$1/lib/"
javac -d "$1/classes" -cp "$1/lib/*" "$here/Throughput.java"
cp "$here"/throughput.sh "$here"/pytorch_throughput.py "$here"/requirements.txt "$1/"
