#!/usr/bin/env bash
# Inference throughput, Sapper and ONNX Runtime in turns: ResNet-18 at 32 x 32 and MobileNetV2 at 224 x 224, as JSON.
#   PYTHON    a Python that has requirements.txt
#   ROUNDS    default 5
#   SECONDS_EACH   timed seconds of each measurement, default 10 (half of it goes before, untimed)
#   THREADS   default: all cores
#   MODELS    other ONNX files than those two
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-10}
threads=${THREADS:-$(nproc)}
: "${PYTHON:?a Python that has requirements.txt}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
module=$(dirname "$(dirname "$(ls -d "$here"/../*/target/sapper-0.1.0-SNAPSHOT.jar)")")
classes="$work:$module/target/sapper-0.1.0-SNAPSHOT.jar:$module/target/lib/*"
javac -d "$work" -cp "$classes" "$here/InferenceThroughput.java"
if [ -z "${MODELS:-}" ]; then
    "$PYTHON" "$here/export_networks.py" "$work" >/dev/null 2>&1
    MODELS="$work/resnet18-32.onnx $work/mobilenetv2-224.onnx"
fi

field() { sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p"; }

for ((round = 1; round <= rounds; round++)); do
    for model in $MODELS; do
        name=$(basename "$model" .onnx)
        line=$(java -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classes" InferenceThroughput \
            "$model" "$threads" "$seconds" | grep imagesPerSecond)
        batch=$(echo "$line" | field batch)
        ours=$(echo "$line" | field imagesPerSecond)
        theirs=$("$PYTHON" "$here/onnxruntime_throughput.py" "$model" "$threads" "$batch" "$seconds" | field imagesPerSecond)
        echo "$name $batch $ours $theirs" >>"$work/measured"
        echo "round $round of $rounds: $name, batch $batch: $ours and $theirs images/s" >&2
    done
done

sort -s -k1,1 "$work/measured" | awk -v threads="$threads" '
    function flush() {
        if (name == "") return
        printf "%s\n  \"%s\": {\"threads\": %d, \"batch\": %d, \"sapper\": [%s], \"onnxruntime\": [%s], \"ratios\": [%s]}",
            (some++ ? "," : ""), name, threads, batch, ours, theirs, ratios
    }
    BEGIN { printf "{" }
    $1 != name { flush(); name = $1; batch = $2; ours = theirs = ratios = "" }
    { comma = ours == "" ? "" : ", "
      ours = ours comma $3; theirs = theirs comma $4; ratios = ratios comma sprintf("%.2f", $3 / $4) }
    END { flush(); print "\n}" }'
