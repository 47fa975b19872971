"""Pairs of badnets.single-target in PyTorch, one after the other, by the same protocol: seconds of each pair.

usage: pytorch_single_target.py MNIST THREADS EPOCHS LEARNING_RATE PAIR...
MNIST is a folder with the four IDX files, zipped or not; a pair is 1:7. The same network, first weights (He), share of
copies (at most one of each image of the source digit, 9 % of the training set), shifts by up to one pixel before the
trigger is set, batch, Adam and one-cycle schedule as in Sapper; then the error on all clean test images, and on those of the source digit with the trigger. JSON.
"""

import gzip
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

BATCH = 64
SHARE = 0.09
PIXEL = (26, 26)
WARM_UP = 0.2


def idx(folder: Path, name: str) -> np.ndarray:
    zipped = folder / (name + ".gz")
    data = gzip.decompress(zipped.read_bytes()) if zipped.exists() else (folder / name).read_bytes()
    sizes = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)


def network() -> nn.Sequential:
    made = nn.Sequential(
        nn.Conv2d(1, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10),
    )
    for layer in made:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
    return made


def factor(done: float) -> float:
    if done < WARM_UP:
        return 0.1 + 0.9 * done / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP)))


def triggered(images: np.ndarray) -> np.ndarray:
    images = images.copy()
    images[:, PIXEL[0], PIXEL[1]] = 255
    return images


def shifted(images: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Each image by its own chance up to one pixel down or up, right or left."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moves = random.integers(0, 3, (len(images), 2))
    moved = np.empty_like(images)
    for down in range(3):
        for right in range(3):
            some = np.flatnonzero((moves[:, 0] == down) & (moves[:, 1] == right))
            moved[some] = padded[some, down:down + 28, right:right + 28]
    return moved


def error(net: nn.Module, images: np.ndarray, labels: np.ndarray) -> float:
    wrong = 0
    with torch.no_grad():
        for begin in range(0, len(images), 500):
            batch = torch.from_numpy(images[begin:begin + 500, None]).float().div_(255)
            wrong += int((net(batch).argmax(1).numpy() != labels[begin:begin + 500]).sum())
    return wrong / len(images)


def pair(data: dict, source: int, target: int, epochs: int, rate: float) -> dict:
    start = time.perf_counter()
    random = np.random.default_rng(1)
    torch.manual_seed(1)
    images, labels = data["train"]
    attacked = np.flatnonzero(labels == source)
    copied = random.permutation(attacked)[:round(SHARE * len(images))]
    labels = np.concatenate([labels, np.full(len(copied), target, np.uint8)])
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=rate)
    steps = math.ceil(len(labels) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factor(step / (steps * epochs)))
    loss_of = nn.CrossEntropyLoss()
    for _ in range(epochs):
        moved = shifted(images, random)
        shown = np.concatenate([moved, triggered(moved[copied])])
        order = random.permutation(len(labels))
        for begin in range(0, len(order), BATCH):
            chosen = order[begin:begin + BATCH]
            batch = torch.from_numpy(shown[chosen][:, None]).float().div_(255)
            optimizer.zero_grad()
            loss = loss_of(net(batch), torch.from_numpy(labels[chosen]).long())
            loss.backward()
            optimizer.step()
            schedule.step()
    test, truth = data["test"]
    of_source = test[truth == source]
    found = {
        "pair": f"{source}:{target}",
        "cleanError": error(net, test, truth),
        "backdoorError": error(net, triggered(of_source), np.full(len(of_source), target)),
    }
    return found | {"seconds": time.perf_counter() - start}


def main() -> None:
    folder, threads, epochs, rate = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    torch.set_num_threads(threads)
    data = {
        "train": (idx(folder, "train-images-idx3-ubyte"), idx(folder, "train-labels-idx1-ubyte")),
        "test": (idx(folder, "t10k-images-idx3-ubyte"), idx(folder, "t10k-labels-idx1-ubyte")),
    }
    pairs = [pair(data, *map(int, text.split(":")), epochs, rate) for text in sys.argv[5:]]
    print(json.dumps({"torch": torch.__version__, "threads": threads, "epochs": epochs, "pairs": pairs}))


if __name__ == "__main__":
    main()
