#!/usr/bin/env bash
# Training throughput, Sapper and PyTorch in turns, as JSON: every round and the median of each cell.
#   DEVICE    cpu (default): batch 64, with 1, 2, 4, 8, 16 replicas and PyTorch with 1, 2, 4, 8 threads, as far as there
#             are cores; cuda: batches of 64, 512 and 2048
#   ROUNDS    default 5
#   STEPS     timed steps of each measurement; default 1500 (with four replicas or more the first 60 to 90 try threads)
#   REPLICAS, THREADS, BATCHES   other lists than those above
#   PYTHON    a Python that has requirements.txt; without one only Sapper is measured
# In the repository it takes the built jar and the JDK on the PATH; in a folder made by pack.sh, what lies there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
device=${DEVICE:-cpu}
rounds=${ROUNDS:-5}
steps=${STEPS:-1500}
cores=$(nproc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CUBLAS_WORKSPACE_CONFIG="${CUBLAS_WORKSPACE_CONFIG:-:4096:8}"

if [ -x "$here/java/bin/java" ]; then
    java=$here/java/bin/java
    classes="$here/classes:$here/lib/*"
else
    java=java
    module=$(dirname "$(dirname "$(ls -d "$here"/../*/target/sapper-0.1.0-SNAPSHOT.jar)")")
    classes="$work:$module/target/sapper-0.1.0-SNAPSHOT.jar:$module/target/lib/*"
    javac -d "$work" -cp "$classes" "$here/Throughput.java"
fi

upto() { # MOST NUMBER...: those of the numbers that are at most MOST
    local most=$1
    shift
    for number in "$@"; do
        if [ "$number" -le "$most" ]; then echo "$number"; fi
    done
}

rate() { # NAME COMMAND...: notes the images per second that a command prints
    local name=$1
    shift
    "$@" | sed -n "s/.*\"imagesPerSecond\": \([0-9.]*\).*/$name \1/p" >>"$work/measured"
}

sapper() { # REPLICAS BATCH
    rate "sapper-$device-batch-$2-replicas-$1" \
        "$java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classes" Throughput "$1" 1 "$steps" "$2" "$device"
}

pytorch() { # THREADS BATCH WAY
    [ -n "${PYTHON:-}" ] || return 0
    rate "pytorch-$device-batch-$2-threads-$1-$3" \
        "$PYTHON" "$here/pytorch_throughput.py" "$1" "$steps" "$2" "$device" "$3"
}

for ((round = 1; round <= rounds; round++)); do
    if [ "$device" = cuda ]; then
        for batch in ${BATCHES:-64 512 2048}; do
            sapper 1 "$batch"
            pytorch 1 "$batch" sent
            pytorch 1 "$batch" resident
        done
    else
        for batch in ${BATCHES:-64}; do
            for number in ${REPLICAS:-$(upto "$cores" 1 2 4 8 16)}; do sapper "$number" "$batch"; done
            for number in ${THREADS:-$(upto "$cores" 1 2 4 8)}; do pytorch "$number" "$batch" sent; done
        done
    fi
    echo "round $round of $rounds" >&2
done

sort -k1,1 -k2,2n "$work/measured" | awk '
    function flush(  middle) {
        if (name == "") return
        middle = n % 2 ? value[(n + 1) / 2] : (value[n / 2] + value[n / 2 + 1]) / 2
        line = ""
        for (i = 1; i <= n; i++) line = line (i > 1 ? ", " : "") value[i]
        printf "%s\n  \"%s\": {\"median\": %.1f, \"rounds\": [%s]}", (some++ ? "," : ""), name, middle, line
    }
    BEGIN { printf "{" }
    $1 != name { flush(); name = $1; n = 0 }
    { value[++n] = $2 }
    END { flush(); print "\n}" }'
