#!/usr/bin/env bash
# Fuzzes reader, sizes, inspect and interpreter with Jazzer: half of the time from messages, half from bytes.
#   bench/fuzz.sh [SECONDS]   default 600; what is found lies in target/fuzz with its trace, and the exit code is not 0
#   SEEDS                     folders with more models to begin with, separated by spaces
# The corpus in target/fuzz stays from run to run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../sapper-core"
seconds=${1:-600}
work=$PWD/target/fuzz
mkdir -p "$work/seeds" "$work/message" "$work/bytes"
mvn -q -B -f .. -pl sapper-core test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath"
classes="target/test-classes:target/classes:$(cat "$work/classpath")"
java -cp "$classes" io.sapper.network.SeedModels "$work/seeds" "$work/words"

fuzz() { # CORPUS CLASS
    # shellcheck disable=SC2086 # SEEDS are words
    nice java -Xmx1g -XX:+UseSerialGC -cp "$classes" com.code_intelligence.jazzer.Jazzer --target_class="io.sapper.cli.$2" \
        --instrumentation_includes='io.sapper.**' --custom_hook_includes='io.sapper.**' \
        --reproducer_path="$work" -artifact_prefix="$work/" -dict="$work/words" \
        -max_total_time=$((seconds / 2)) -timeout=30 -rss_limit_mb=3000 -max_len=8192 \
        "$work/$1" "$work/seeds" ${SEEDS:-} 2>&1 | grep -v '^INFO: Instrumented'
}
fuzz message OnnxMessageFuzz
fuzz bytes OnnxFuzz
