"""Writes resnet18-32.onnx and mobilenetv2-224.onnx, with weights drawn by chance. Usage: export_networks.py FOLDER"""

import pathlib
import sys

import torch
import torchvision

folder = pathlib.Path(sys.argv[1])
torch.manual_seed(1)
small = torchvision.models.resnet18(num_classes=10)
# As it is used on pictures of 32 x 32: no step of two and no pooling at the front.
small.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
small.maxpool = torch.nn.Identity()
networks = {
    "resnet18-32": (small, 32),
    "mobilenetv2-224": (torchvision.models.mobilenet_v2(num_classes=1000), 224),
}
for name, (network, size) in networks.items():
    torch.onnx.export(
        network.eval(),
        torch.zeros(1, 3, size, size),
        folder / f"{name}.onnx",
        input_names=["image"],
        output_names=["scores"],
        dynamic_axes={"image": {0: "n"}, "scores": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
