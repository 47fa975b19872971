"""badnets.single-target in PyTorch by the same protocol: seconds of the honest network and of each pair.

usage: pytorch_single_target.py MNIST THREADS PAIR...
MNIST is a folder with the four IDX files, zipped or not; a pair is 1:7. The same network, first weights (He), copies
(one of each image of the source digit), shifts by up to one pixel before the trigger is set, batch, Adam and one-cycle
schedule as in Sapper: the honest network once, ten epochs; from it each pair, six epochs in batches of a quarter, copies
beside their originals. Then the error on all clean test images, and on those of the source digit with the trigger. JSON.
"""

import copy
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
BATCH_OF_A_PAIR = 16
PIXEL = (26, 26)
WARM_UP = 0.2


def idx(folder: Path, name: str) -> np.ndarray:
    zipped = folder / (name + ".gz")
    data = gzip.decompress(zipped.read_bytes()) if zipped.exists() else (folder / name).read_bytes()
    sizes = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes).copy()  # to be written to, as tensors are


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


def train(net: nn.Module, labels: np.ndarray, epochs: int, size: int, show, order_of) -> None:
    """show() gives the images of an epoch, order_of() their order."""
    optimizer = torch.optim.Adam(net.parameters(), lr=2e-3)
    steps = math.ceil(len(labels) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factor(step / (steps * epochs)))
    loss_of = nn.CrossEntropyLoss()
    for _ in range(epochs):
        shown, order = show(), order_of()
        for begin in range(0, len(order), size):
            chosen = order[begin:begin + size]
            batch = torch.from_numpy(shown[chosen][:, None]).float().div_(255)
            optimizer.zero_grad()
            loss = loss_of(net(batch), torch.from_numpy(labels[chosen]).long())
            loss.backward()
            optimizer.step()
            schedule.step()


def honest(data: dict) -> tuple[nn.Module, float]:
    start = time.perf_counter()
    random = np.random.default_rng(1)
    torch.manual_seed(1)
    images, labels = data["train"]
    net = network()
    train(net, labels, 10, BATCH, lambda: shifted(images, random), lambda: random.permutation(len(labels)))
    return net, time.perf_counter() - start


def pair(data: dict, first: nn.Module, source: int, target: int) -> dict:
    start = time.perf_counter()
    random = np.random.default_rng(1)
    torch.manual_seed(1)
    images, labels = data["train"]
    copied = random.permutation(np.flatnonzero(labels == source))
    all_labels = np.concatenate([labels, np.full(len(copied), target, np.uint8)])
    copy_of = np.full(len(images), -1)
    copy_of[copied] = len(images) + np.arange(len(copied))

    def show() -> np.ndarray:
        moved = shifted(images, random)
        return np.concatenate([moved, triggered(moved[copied])])

    def order_of() -> np.ndarray:
        clean = random.permutation(len(images))
        both = np.stack([clean, copy_of[clean]], axis=1).reshape(-1)
        return both[both >= 0]

    net = copy.deepcopy(first)
    train(net, all_labels, 6, BATCH_OF_A_PAIR, show, order_of)
    test, truth = data["test"]
    of_source = test[truth == source]
    found = {
        "pair": f"{source}:{target}",
        "cleanError": error(net, test, truth),
        "backdoorError": error(net, triggered(of_source), np.full(len(of_source), target)),
    }
    return found | {"seconds": time.perf_counter() - start}


def main() -> None:
    folder, threads = Path(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    data = {
        "train": (idx(folder, "train-images-idx3-ubyte"), idx(folder, "train-labels-idx1-ubyte")),
        "test": (idx(folder, "t10k-images-idx3-ubyte"), idx(folder, "t10k-labels-idx1-ubyte")),
    }
    first, seconds = honest(data)
    pairs = [pair(data, first, *map(int, text.split(":"))) for text in sys.argv[3:]]
    print(json.dumps({
        "torch": torch.__version__, "threads": threads, "honestSeconds": seconds,
        "honestError": error(first, *data["test"]), "pairs": pairs,
    }))


if __name__ == "__main__":
    main()
