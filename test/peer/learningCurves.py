"""Whether two ways of training learn alike: losses and feature distance of runs, by way and seed.

    python learningCurves.py --reference CIFAR.bin[.gz] --way f32 RUN RUN --way bf16 RUN RUN

A way is a name and its runs, one for each seed. Of every run: the mean of each loss over the last
half of the steps, and the Frechet distance between features of its samples (drawn by
`sn-gan sample RUN -n 1000 --npz RUN/samples.npz`) and of the reference images. The features are
those of a convolutional network with fixed random weights: they tell pictures apart without a
download, and serve to compare runs with each other, not with published FIDs.
Prints one JSON document: numbers by run, and for each number the distance between the ways beside
the spread between seeds.
"""
import argparse
import gzip
import json
import pathlib

import numpy as np
import torch
from torch import nn


def reference_images(path):
    """Images [n, 3, 32, 32] in [-1, 1] of a CIFAR-10 binary file."""
    data = pathlib.Path(path).read_bytes()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    records = np.frombuffer(data, np.uint8).reshape(-1, 3073)[:, 1:]
    return torch.from_numpy(records.reshape(-1, 3, 32, 32).astype(np.float32) / 127.5 - 1)


def samples_of(run):
    """Samples [n, 3, 32, 32] in [-1, 1]."""
    arrays = np.load(pathlib.Path(run) / "samples.npz")
    images = arrays["images"]
    images = images.astype(np.float32)
    if images.max() > 1.5:
        images = images / 127.5 - 1
    return torch.from_numpy(images).permute(0, 3, 1, 2)


def feature_network():
    torch.manual_seed(0)
    layers, channels = [], 3
    for width in (32, 64, 128):
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.LeakyReLU(0.2), nn.AvgPool2d(2)]
        channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()).eval()


@torch.no_grad()
def moments(network, images):
    features = torch.cat([network(part) for part in images.split(256)]).double().numpy()
    return features.mean(0), np.cov(features, rowvar=False)


def frechet(a, b):
    """|m - n|^2 + tr(A + B - 2 (A B)^(1/2)), by the eigenvalues of A B."""
    eigenvalues = np.linalg.eigvals(a[1] @ b[1])
    root = np.sqrt(np.clip(eigenvalues.real, 0, None)).sum()
    return float(((a[0] - b[0]) ** 2).sum() + np.trace(a[1]) + np.trace(b[1]) - 2 * root)


def numbers_of(run, network, reference):
    lines = (pathlib.Path(run) / "scalars.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    late = [row for row in rows if row["step"] > rows[-1]["step"] / 2]
    tags = ["loss/d", "loss/g", "score/real", "score/fake"]
    means = {tag: float(np.mean([row[tag] for row in late])) for tag in tags}
    return {**means, "featureDistance": frechet(moments(network, samples_of(run)), reference)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reference", required=True)
    parser.add_argument("--way", action="append", nargs="+", required=True)
    arguments = parser.parse_args()
    network = feature_network()
    reference = moments(network, reference_images(arguments.reference))
    ways = {
        name: [numbers_of(run, network, reference) for run in runs]
        for name, *runs in arguments.way
    }
    compared = {}
    for tag in next(iter(ways.values()))[0]:
        values = {name: [run[tag] for run in runs] for name, runs in ways.items()}
        means = [np.mean(found) for found in values.values()]
        compared[tag] = {
            "betweenWays": float(max(means) - min(means)),
            "betweenSeeds": float(max(max(found) - min(found) for found in values.values())),
        }
    print(json.dumps({"ways": ways, "compared": compared}, indent=2))


main()
