"""Boxes by chance, and their average precision by the package mean-average-precision (2021.4.26.0), all points, IoU 0.5.

Writes the CSV that MatchingTest reads: kind, scene, class, left, top, right, bottom, score; then "ap" lines. That package
counts the last pixel of a box as inside it, so it is given right - 1 and bottom - 1 of our edges.
Usage: python average_precision.py > average-precision.csv
"""

import random

import numpy as np
from mean_average_precision import MetricBuilder

SCENES, CLASSES = 30, 3
chance = random.Random(7)


def box():
    left, top = chance.randrange(0, 80), chance.randrange(0, 60)
    return [left, top, left + chance.randrange(8, 40), top + chance.randrange(8, 40)]


def moved(of):
    """Near it, so that some overlap by more than a half and some do not."""
    left, top, right, bottom = (value + chance.randrange(-5, 6) for value in of)
    return [left, top, max(right, left + 2), max(bottom, top + 2)]


def closed(edges):
    return [edges[0], edges[1], edges[2] - 1, edges[3] - 1]


metric = MetricBuilder.build_evaluation_metric("map_2d", async_mode=False, num_classes=CLASSES)
for scene in range(SCENES):
    truths, detections = [], []
    for _ in range(chance.randrange(0, 5)):
        edges, label = box(), chance.randrange(CLASSES)
        truths.append((edges, label))
        print("truth", scene, label, *edges, 0, sep=",")
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            detections.append((moved(edges), label if chance.random() < 0.85 else chance.randrange(CLASSES)))
    for _ in range(chance.randrange(0, 3)):
        detections.append((box(), chance.randrange(CLASSES)))
    scored = [(edges, label, round(chance.random(), 6)) for edges, label in detections]
    for edges, label, score in scored:
        print("detection", scene, label, *edges, score, sep=",")
    metric.add(
        np.array([[*closed(edges), label, score] for edges, label, score in scored]).reshape(-1, 6),
        np.array([[*closed(edges), label, 0, 0] for edges, label in truths]).reshape(-1, 7),
    )
values = metric.value(iou_thresholds=0.5)
for label in range(CLASSES):
    print("ap", "", label, values[0.5][label]["ap"], "", "", "", "", sep=",")
