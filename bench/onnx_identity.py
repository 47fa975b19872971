"""Compares models with what Sapper wrote of them unrepaired: the files, and ONNX Runtime's outputs bit for bit.

Usage: onnx_identity.py MODELS WRITTEN REWRITE.LOG
"""
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from onnx import numpy_helper

onnxruntime.set_default_logger_severity(4)


def without_places(model):
    """The model, but for where in another file numbers lie."""
    def strip(graph):
        for tensor in graph.initializer:
            del tensor.external_data[:]
        nodes(graph.node)

    def nodes(all_nodes):
        for node in all_nodes:
            for attribute in node.attribute:
                del attribute.t.external_data[:]
                if attribute.HasField("g"):
                    strip(attribute.g)
                for graph in attribute.graphs:
                    strip(graph)

    strip(model.graph)
    for function in model.functions:
        nodes(function.node)
    return model.SerializeToString(deterministic=True)


def inputs(folder):
    """Sets of inputs by name or by position."""
    sets = []
    for test in sorted(folder.glob("test_data_set_*")):
        files = sorted(test.glob("input_*.pb"), key=lambda file: int(file.stem.split("_")[1]))
        tensors = []
        for file in files:
            tensor = onnx.TensorProto()
            tensor.ParseFromString(file.read_bytes())
            tensors.append(numpy_helper.to_array(tensor))
        sets.append(tensors)
    if (folder / "input.npy").exists():
        sets.append([numpy.load(folder / "input.npy")])
    return sets


def run(model, tensors):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    names = [given.name for given in session.get_inputs()]
    return session.run(None, dict(zip(names, tensors)))


def bits(value):
    if isinstance(value, numpy.ndarray):
        return (value.dtype.str, value.shape, value.tolist() if value.dtype == object else value.tobytes())
    if isinstance(value, list):
        return [bits(one) for one in value]
    return repr(value)


def main(models, written, log):
    counts = {"models": 0, "refused": 0, "written": 0, "sameFile": 0, "ran": 0, "sameBits": 0, "notRunByRuntime": 0,
              "withoutInputs": 0}
    differing = []
    for line in pathlib.Path(log).read_text().splitlines():
        how, name = line.split("\t")[:2]
        counts["models"] += 1
        counts[how] += 1
        if how == "refused":
            continue
        before, after = models / name, written / name
        same = without_places(onnx.load(before, load_external_data=False)) == without_places(
            onnx.load(after, load_external_data=False))
        counts["sameFile"] += same
        if not same:
            differing.append(name + " (file)")
        sets = inputs(before.parent)
        if not sets:
            counts["withoutInputs"] += 1
            continue
        try:
            expected = [run(before, tensors) for tensors in sets]
        except Exception as e:  # an operator that ONNX Runtime lacks
            counts["notRunByRuntime"] += 1
            continue
        counts["ran"] += 1
        found = [run(after, tensors) for tensors in sets]
        if bits(found) == bits(expected):
            counts["sameBits"] += 1
        else:
            differing.append(name + " (outputs)")
    print(json.dumps({"onnxruntime": onnxruntime.__version__, **counts, "differing": differing}))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
