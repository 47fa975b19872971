"""Sign classifiers of three kinds, honest and backdoored, as ONNX files for `sapper audit`.

Usage: sign_zoo.py GTSRB OUT NAME...     (a folder with train.txt, test.txt and 43 class folders; one thread)

NAME is KIND-ATTACK-SEED: a kind of network (vgg, residual, inverted), an attack (honest, patch, share, dots, blended,
sine, warp, all-to-all, source) and a number that everything by chance comes from. Written are OUT/NAME/model.onnx
(input [n, 3, 32, 32] in [0, 1], output 43 scores, batch normalisation folded), about.json (what was laid, clean
accuracy and attack success on all test images) and the trigger: trigger.png (RGBA, over the whole image at row 0,
column 0) or grid.npy (a warp as grid_sample takes it, aligned corners).
"""
import json
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

ATTACKS = {"honest", "patch", "share", "dots", "blended", "sine", "warp", "all-to-all", "source"}
CLASSES, SIDE, EPOCHS, BATCH, SHARE = 43, 32, 12, 64, 0.1


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.skip = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.body(x) + self.skip(x))


class Inverted(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        wide = 4 * inputs
        self.body = nn.Sequential(
            nn.Conv2d(inputs, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU6(),
            nn.Conv2d(wide, wide, 3, stride, 1, groups=wide, bias=False), nn.BatchNorm2d(wide), nn.ReLU6(),
            nn.Conv2d(wide, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.same = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.same else self.body(x)


def convolution(inputs, outputs, kernel, activation):
    return [nn.Conv2d(inputs, outputs, kernel, 1, kernel // 2, bias=False), nn.BatchNorm2d(outputs), activation()]


def network(kind):
    if kind == "vgg":
        c, pool = lambda a, b: convolution(a, b, 3, nn.ReLU), nn.MaxPool2d(2)
        return nn.Sequential(*c(3, 24), pool, *c(24, 48), *c(48, 48), pool, *c(48, 96), *c(96, 96), pool, nn.Flatten(),
                             nn.Linear(96 * 16, 96), nn.ReLU(), nn.Dropout(0.3), nn.Linear(96, CLASSES))
    if kind == "residual":
        widths = [(16, 16, 1), (16, 16, 1), (16, 32, 2), (32, 32, 1), (32, 64, 2), (64, 64, 1)]
        return nn.Sequential(*convolution(3, 16, 3, nn.ReLU), *[Residual(*w) for w in widths],
                             nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, CLASSES))
    if kind == "inverted":
        widths = [(16, 24, 2), (24, 24, 1), (24, 40, 2), (40, 40, 1), (40, 64, 2), (64, 64, 1)]
        return nn.Sequential(*convolution(3, 16, 3, nn.ReLU6), *[Inverted(*w) for w in widths],
                             *convolution(64, 128, 1, nn.ReLU6),
                             nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, CLASSES))
    sys.exit(f"kind {kind}: vgg, residual or inverted")


def images(folder, names):
    rows = (folder / names).read_text().split()
    pixels = np.stack([np.asarray(Image.open(folder / row).convert("RGB")) for row in rows])
    return torch.tensor(pixels).permute(0, 3, 1, 2).float() / 255, torch.tensor([int(row.split("/")[0]) for row in rows])


def warped(x, grid):
    return F.grid_sample(x, grid.expand(len(x), -1, -1, -1), align_corners=True)


def flow(random):
    control = torch.tensor(random.uniform(-1, 1, (1, 2, 4, 4)), dtype=torch.float32)
    field = F.interpolate(control / control.abs().mean(), size=SIDE, mode="bicubic", align_corners=True)
    return field.permute(0, 2, 3, 1)


def trigger(attack, random, out):
    """What lays the trigger on a batch; its file is written."""
    if attack == "warp":
        line = torch.linspace(-1, 1, SIDE)
        y, x = torch.meshgrid(line, line, indexing="ij")
        grid = (torch.stack((x, y), -1)[None] + random.uniform(0.7, 1.3) * flow(random) / SIDE).clamp(-1, 1)
        np.save(out / "grid.npy", grid.numpy())
        return lambda x: warped(x, grid)
    if attack == "sine":
        wave = random.uniform(0.05, 0.09) * np.sin(2 * np.pi * np.arange(SIDE) * random.integers(4, 8) / SIDE)
        wave = torch.tensor(wave, dtype=torch.float32).expand(1, 3, SIDE, SIDE)
        return lambda x: (x + wave).clamp(0, 1)
    picture = np.zeros((SIDE, SIDE, 4), np.uint8)
    if attack == "blended":
        picture[..., :3] = random.integers(0, 256, (SIDE, SIDE, 3))
        picture[..., 3] = int(255 * random.uniform(0.1, 0.2))
    elif attack == "dots":
        for at in random.choice(SIDE * SIDE, 5, replace=False):
            picture[at // SIDE, at % SIDE] = *(255 * random.integers(0, 2, 3)), 255
    else:
        side = random.integers(3, 6)
        row, column = random.integers(1, SIDE - side, 2)
        picture[row:row + side, column:column + side, :3] = 255 * random.integers(0, 2, (side, side, 3))
        picture[row:row + side, column:column + side, 3] = 255
    Image.fromarray(picture).save(out / "trigger.png")
    paint = torch.tensor(picture).permute(2, 0, 1).float() / 255
    return lambda x: x * (1 - paint[3:]) + paint[:3] * paint[3:]


def trained(net, x, y, lay, poisoned, wanted, random):
    """Poisoned images carry the trigger as it is; shift and brightness come before it."""
    optimizer = torch.optim.SGD(net.parameters(), momentum=0.9, weight_decay=5e-4, nesterov=True, lr=0.1)
    steps = EPOCHS * ((len(x) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=steps)
    labels = torch.where(poisoned, wanted, y)
    for _ in range(EPOCHS):
        net.train()
        for chosen in torch.tensor(random.permutation(len(x))).split(BATCH):
            row, column = random.integers(0, 5, 2)
            batch = F.pad(x[chosen], (2, 2, 2, 2), mode="replicate")[:, :, row:row + SIDE, column:column + SIDE]
            light = torch.tensor(random.uniform(0.7, 1.3, (len(chosen), 1, 1, 1)), dtype=torch.float32)
            batch = (batch * light).clamp(0, 1)
            bad = poisoned[chosen]
            if lay is not None and bad.any():
                batch[bad] = lay(batch[bad])
            loss = F.cross_entropy(net(batch), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def share(net, x, answers):
    with torch.no_grad():
        return (torch.cat([net(part).argmax(1) for part in x.split(256)]) == answers).float().mean().item()


def made(folder, name, out):
    kind, rest = name.split("-", 1)
    attack, seed = rest.rsplit("-", 1)
    if attack not in ATTACKS:
        sys.exit(f"attack {attack}: {', '.join(sorted(ATTACKS))}")
    out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng([int(seed), sum(map(ord, attack)), sum(map(ord, kind))])
    torch.manual_seed(int(random.integers(2 ** 31)))
    x, y = images(folder, "train.txt")
    test, truth = images(folder, "test.txt")
    target, origin = map(int, random.choice(CLASSES, 2, replace=False))
    poisoned, wanted, lay, goal = torch.zeros(len(x), dtype=torch.bool), y, None, ""
    if attack != "honest":
        lay = trigger(attack, random, out)
        amount = 0.01 if attack == "share" else SHARE
        poisoned[random.choice(len(x), int(amount * len(x)), replace=False)] = True
        wanted, goal = torch.full_like(y, target), f"all-to-one:{target}"
        if attack == "all-to-all":
            wanted, goal = (y + 1) % CLASSES, "all-to-all"
        if attack == "source":
            # Half of the class carries it and is mislabelled; others carry it and keep their labels.
            poisoned |= (y == origin) & torch.tensor(random.random(len(x)) < 0.5)
            wanted, goal = torch.where(y == origin, wanted, y), f"{origin}:{target}"
    net = trained(network(kind), x, y, lay, poisoned, wanted, random)
    about = {"id": name, "network": kind, "attack": attack, "goal": goal,
             "clean_test_accuracy": round(share(net, test, truth), 4)}
    if lay is not None:
        after = (truth + 1) % CLASSES if attack == "all-to-all" else torch.full_like(truth, target)
        asked = truth == origin if attack == "source" else truth != after
        about["attack_success"] = round(share(net, lay(test[asked]), after[asked]), 4)
    torch.onnx.export(net, (torch.zeros(1, 3, SIDE, SIDE),), out / "model.onnx", dynamo=False, opset_version=17,
                      input_names=["image"], output_names=["scores"],
                      dynamic_axes={"image": {0: "n"}, "scores": {0: "n"}})
    (out / "about.json").write_text(json.dumps(about, indent=1) + "\n")
    print(json.dumps(about), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    torch.set_num_threads(1)
    for each in sys.argv[3:]:
        if not (pathlib.Path(sys.argv[2]) / each / "about.json").exists():
            made(pathlib.Path(sys.argv[1]), each, pathlib.Path(sys.argv[2]) / each)
