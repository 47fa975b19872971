"""Training throughput of the BadNets digit network in PyTorch: images per second, one number per round.

usage: pytorch_throughput.py THREADS [STEPS]
Bytes become a batch inside the timed loop, as in Sapper.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn

BATCH = 64
WARM_UP = 50


def main() -> None:
    threads = int(sys.argv[1])
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    size = 60_000
    pixels = random.integers(0, 256, (size, 1, 28, 28), dtype=np.uint8)
    labels = random.integers(0, 10, size)
    network = nn.Sequential(
        nn.Conv2d(1, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10),
    )
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    loss_of = nn.CrossEntropyLoss()
    order = random.permutation(size)

    def step(number: int) -> None:
        begin = number * BATCH % (size - BATCH)
        chosen = order[begin:begin + BATCH]
        images = torch.from_numpy(pixels[chosen]).float().div_(255)
        truth = torch.from_numpy(labels[chosen])
        optimizer.zero_grad()
        loss = loss_of(network(images), truth)
        loss.backward()
        optimizer.step()
        loss.item()

    for number in range(WARM_UP):
        step(number)
    start = time.perf_counter()
    for number in range(steps):
        step(number)
    seconds = time.perf_counter() - start
    print(json.dumps({"threads": threads, "imagesPerSecond": steps * BATCH / seconds}))


if __name__ == "__main__":
    main()
