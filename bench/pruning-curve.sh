#!/usr/bin/env bash
# The pruning curve with cached features beside the naive loop. Usage: pruning-curve.sh [MODEL.onnx]
set -euo pipefail
module=$(dirname "$(dirname "$(ls -d "$(dirname "${BASH_SOURCE[0]}")"/../*/target/sapper-0.1.0-SNAPSHOT.jar)")")
exec java -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$module/target/sapper-0.1.0-SNAPSHOT.jar:$module/target/lib/*" \
    "$(dirname "${BASH_SOURCE[0]}")/PruningCurve.java" "$@"
