"""Training throughput of the BadNets digit network in PyTorch: images per second.

usage: pytorch_throughput.py THREADS [STEPS [BATCH [cpu|cuda [sent|resident]]]]
Bytes become a batch inside the timed loop, as in Sapper. On the CPU the loss is read at every step. On a GPU, "sent"
sends each batch there as bytes and reads the loss at every step; "resident" keeps the data there as bytes and reads no
loss until the end, the fastest way there is without compiling. Settings are PyTorch's own: TF32 in convolutions.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn

WARM_UP = 100
SIZE = 60_000


def main() -> None:
    given = dict(enumerate(sys.argv))
    threads, steps, batch = int(given[1]), int(given.get(2, 400)), int(given.get(3, 64))
    device, way = given.get(4, "cpu"), given.get(5, "sent")
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (SIZE, 1, 28, 28), dtype=np.uint8)
    labels = random.integers(0, 10, SIZE)
    network = nn.Sequential(
        nn.Conv2d(1, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10),
    ).to(device)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    loss_of = nn.CrossEntropyLoss()
    order = random.permutation(SIZE)
    if way == "resident":
        pixels, labels, order = (torch.from_numpy(array).to(device) for array in (pixels, labels, order))

    def batch_at(number: int):
        begin = number * batch % (SIZE - batch)
        chosen = order[begin:begin + batch]
        if way == "resident":
            return pixels[chosen], labels[chosen]
        return torch.from_numpy(pixels[chosen]).to(device), torch.from_numpy(labels[chosen]).to(device)

    def step(number: int) -> None:
        images, truth = batch_at(number)
        optimizer.zero_grad()
        loss = loss_of(network(images.float().div_(255)), truth)
        loss.backward()
        optimizer.step()
        if way == "sent":
            loss.item()

    def finish() -> None:
        if device == "cuda":
            torch.cuda.synchronize()

    for number in range(WARM_UP):
        step(number)
    finish()
    start = time.perf_counter()
    for number in range(steps):
        step(number)
    finish()
    seconds = time.perf_counter() - start
    print(json.dumps({"device": device, "batch": batch, "threads": threads, "imagesPerSecond": steps * batch / seconds}))


if __name__ == "__main__":
    main()
