#!/usr/bin/env bash
# Kills the driver and the executors of a sweep on Spark at random moments, and holds what is left in the end against
# the same sweep undisturbed: nothing lost, nothing doubled, the same table but for the times.
#   bench/sweep-faults.sh OUT [KILLS [RUNS]]     SPARK_HOME: a released Spark 4
set -euo pipefail
out=$1
kills=${2:-20}
runs=${3:-120}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
grid=(--run train --set data=synthetic-digits epochs=1 hold-out=17000 min-accuracy=0 "seed={1..$runs}")
mkdir -p "$out"
RANDOM=7

"$here/sapper" sweep "${grid[@]}" --out "$out/whole" >"$out/whole.out" 2>"$out/whole.err"

driver=0
executor=0
while ((driver + executor < kills)); do
    setsid "$here/sapper-on-spark" 'local-cluster[2,1,1024]' "${grid[@]}" --out "$out/killed" >>"$out/killed.out" 2>>"$out/killed.err" &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep "$((8 + RANDOM % 12)).$((RANDOM % 10))"
        kill -0 "$pid" 2>/dev/null || break
        mapfile -t executors < <(pgrep -g "$pid" -f CoarseGrainedExecutorBackend)
        if ((RANDOM % 2)) && ((${#executors[@]})); then
            kill -9 "${executors[RANDOM % ${#executors[@]}]}" && executor=$((executor + 1))
        else
            kill -9 -- "-$pid" && driver=$((driver + 1)) # with its executors, as when a machine is switched off
        fi
        ((driver + executor < kills)) || break
    done
    wait "$pid" 2>/dev/null || true
    [ -e "$out/killed/result.json" ] && break # it was finished before all kills
done
"$here/sapper-on-spark" 'local-cluster[2,1,1024]' "${grid[@]}" --out "$out/killed" >>"$out/killed.out" 2>>"$out/killed.err"

table() {
    jq -c '.findings[] | select(.kind == "run-table") | .runs | map(del(.seconds))' "$1/result.json"
}
files=$(find "$out/killed/runs" -name '*.json' -not -name '.*' | wc -l)
[ "$files" -eq "$runs" ] || { echo "FAILED: $files results of $runs runs"; exit 1; }
[ -z "$(ls "$out/killed/failed")" ] || { echo "FAILED: runs failed"; exit 1; }
[ "$(table "$out/whole")" = "$(table "$out/killed")" ] || { echo "FAILED: another table"; exit 1; }
echo "$driver drivers and $executor executors killed; $runs results, the same table as undisturbed"
