"""Whether bfloat16 learns as float32 does: losses and feature distance of runs, by precision and seed.

    python learningCurves.py --source IMAGES --reference CIFAR.bin[.gz] --runs FOLDER

Trains the CNN of Table 3 on IMAGES with every precision and seed (`--help` has the defaults; what
FOLDER holds finished is not trained again), and draws 1,000 samples of each run. Of every run: the
mean of each loss and score over each quarter of its steps, and the Frechet distance between
features of its samples and of the reference images. The features are those of a convolutional
network with fixed random weights: they tell pictures apart without a download, and serve to compare
runs with each other, not with published FIDs.
Prints one JSON document: numbers by run, and for each number the distance between the precisions
beside the spread between seeds.
"""
import argparse
import gzip
import json
import pathlib
import subprocess

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
    images = np.load(run / "samples.npz")["images"].astype(np.float32)
    return torch.from_numpy(images / 127.5 - 1).permute(0, 3, 1, 2)


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


def command(*arguments):
    """Runs `sn-gan` from the build of this working copy; its progress goes to our stderr."""
    program = pathlib.Path(__file__).parents[2] / "dist" / "cli.cjs"
    subprocess.run(["node", program, *map(str, arguments)], check=True, stdout=2)


def finished_run(folder, name):
    for run in sorted(folder.glob(f"*-{name}")):
        if json.loads((run / "run.json").read_text())["state"] == "finished":
            return run
    return None


def trained(arguments, precision, seed):
    """A finished run with samples beside it, made where it is not there."""
    folder, name = arguments.runs.resolve(), f"{precision}-{seed}"
    settings = [
        f"name={name}",
        f"runsFolder={folder}",
        "preset=C",
        f"data.source={arguments.source}",
        "runtime=tensorflow",
        f"precision={precision}",
        f"seed={seed}",
        f"steps={arguments.steps}",
        "log.every=10",
        f"checkpoints.every={arguments.steps}",
        *arguments.set,
    ]
    options = [part for setting in settings for part in ("--set", setting)]
    if not finished_run(folder, name):
        command("train", *options)
    run = finished_run(folder, name)
    if not run:
        raise SystemExit(f"The run {name} was not trained to its end; start again.")
    if not (run / "samples.npz").exists():
        command("sample", run, "-n", 1000, "--npz", run / "samples.npz")
    return run


def numbers_of(run, network, reference):
    rows = [json.loads(line) for line in (run / "scalars.jsonl").read_text().splitlines()]
    last = rows[-1]["step"]
    numbers = {}
    for tag in ("loss/d", "loss/g", "score/real", "score/fake"):
        for quarter in range(4):
            first, end = last * quarter // 4, last * (quarter + 1) // 4
            values = [row[tag] for row in rows if first < row["step"] <= end]
            numbers[f"{tag}, steps {first + 1}-{end}"] = float(np.mean(values))
    numbers["featureDistance"] = frechet(moments(network, samples_of(run)), reference)
    return numbers


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", required=True, help="images to train on")
    parser.add_argument("--reference", required=True, help="images to compare with, in CIFAR's binary format")
    parser.add_argument("--runs", required=True, type=pathlib.Path, help="folder of the runs")
    parser.add_argument("--precisions", nargs="+", default=["f32", "bf16"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--set", action="append", default=[], help="further settings of the runs")
    arguments = parser.parse_args()
    network = feature_network()
    reference = moments(network, reference_images(arguments.reference))
    numbers = {
        precision: [
            numbers_of(trained(arguments, precision, seed), network, reference)
            for seed in arguments.seeds
        ]
        for precision in arguments.precisions
    }
    compared = {}
    for tag in numbers[arguments.precisions[0]][0]:
        values = {precision: [run[tag] for run in runs] for precision, runs in numbers.items()}
        means = [np.mean(found) for found in values.values()]
        compared[tag] = {
            "betweenPrecisions": float(max(means) - min(means)),
            "betweenSeeds": float(max(max(found) - min(found) for found in values.values())),
        }
    print(json.dumps({"runs": numbers, "compared": compared}, indent=2))


main()
