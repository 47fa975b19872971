#!/usr/bin/env bash
# Training throughput, Sapper and PyTorch in turns. PYTHON: a Python that has requirements.txt. ROUNDS: default 5.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-python3}
rounds=${ROUNDS:-5}
module=$(dirname "$(dirname "$(ls -d */target/sapper-0.1.0-SNAPSHOT.jar)")")
classes="$module/target/sapper-0.1.0-SNAPSHOT.jar:$module/target/lib/*"
measured=$(mktemp)
trap 'rm -f "$measured"' EXIT

sapper() { # REPLICAS THREADS
    java -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classes" bench/Throughput.java "$1" "$2" |
        sed "s/^/sapper-$1-replicas-$2-threads /" >>"$measured"
}
pytorch() { # THREADS
    "$python" bench/pytorch_throughput.py "$1" | sed "s/^/pytorch-$1-threads /" >>"$measured"
}

for ((round = 1; round <= rounds; round++)); do
    sapper 1 1
    pytorch 1
    sapper 2 1
    pytorch 2
    echo "round $round of $rounds" >&2
done

"$python" - "$measured" <<'PYTHON'
import json, statistics, sys
rates = {}
for line in open(sys.argv[1]):
    name, values = line.split(" ", 1)
    rates.setdefault(name, []).append(json.loads(values)["imagesPerSecond"])
median = {name: statistics.median(values) for name, values in rates.items()}
best = {side: max(value for name, value in median.items() if name.startswith(side)) for side in ("sapper", "pytorch")}
print(json.dumps({"rounds": rates, "median": median, "best": best, "ratio": best["sapper"] / best["pytorch"]}, indent=2))
PYTHON
