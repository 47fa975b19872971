"""How many images a second ONNX Runtime computes. Usage: onnxruntime_throughput.py MODEL THREADS BATCH [SECONDS]"""

import json
import sys
import time

import numpy
import onnxruntime

model, threads, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 10
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
given = session.get_inputs()[0]
pixels = numpy.random.default_rng(1).integers(0, 256, [batch, *given.shape[1:]], dtype=numpy.uint8)


def rate(limit):
    """Bytes become numbers and scores become classes in the time, as in Sapper."""
    begin = time.perf_counter()
    images = 0
    while time.perf_counter() - begin < limit:
        scores = session.run(None, {given.name: pixels.astype(numpy.float32) / numpy.float32(255)})[0]
        scores.argmax(axis=1)
        images += batch
    return images / (time.perf_counter() - begin)


rate(seconds / 2)
print(json.dumps({"batch": batch, "threads": threads, "imagesPerSecond": round(rate(seconds), 1)}))
