#!/bin/sh
# Read and written unrepaired, a model is the same file to ONNX Runtime.
# Usage: PYTHON=python3 bench/onnx-identity.sh MODELS...   (folders; needs onnx and onnxruntime)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
libraries="$here/../sapper-core/target/classes:$here/../sapper-core/target/lib/*"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for models in "$@"; do
  mkdir "$scratch/written"
  java -cp "$libraries" "$here/Rewrite.java" "$models" "$scratch/written" > "$scratch/log"
  "${PYTHON:-python3}" "$here/onnx_identity.py" "$models" "$scratch/written" "$scratch/log"
  rm -r "$scratch/written"
done
