"""The training step of sn-gan in PyTorch, as somebody who knows PyTorch well would write it.

`sn-gan bench --peer test/peer/torchStep.py` runs it beside the runtimes, so that their speed is a
ratio and not a number of one machine. A step is one update of the discriminator and one of the
generator with the hinge loss and Adam; every layer of the discriminator is spectrally normalised.

  --network cnn      Table 3 of the paper at 32x32, setting C
  --network resnet   Table 4 at 32x32, Adam (0, 0.9)
  --form best        real and generated images in one batch of D, D frozen in G's update, G run once
  --form blog        D run twice, and its gradients computed in G's update too

Alone it makes one step to warm up and `--steps` more, and prints one JSON line. With
`--interactive` it says that it is ready, and then answers each line `{"steps": n}` on standard
input with the seconds of n steps, until that input ends.
"""

import argparse
import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

LATENT = 128
IMAGE = 32


def cnn_generator():
    def up(inputs, outputs):
        deconvolution = nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1, bias=False)
        return [deconvolution, nn.BatchNorm2d(outputs), nn.ReLU()]

    return nn.Sequential(
        nn.Linear(LATENT, 512 * 4 * 4),
        nn.Unflatten(1, (512, 4, 4)),
        nn.BatchNorm2d(512),
        nn.ReLU(),
        *up(512, 256),
        *up(256, 128),
        *up(128, 64),
        nn.Conv2d(64, 3, 3, padding=1),
        nn.Tanh(),
    )


def cnn_discriminator():
    layers, inputs = [], 3
    for i, outputs in enumerate([64, 64, 128, 128, 256, 256, 512]):
        kernel, stride = (3, 1) if i % 2 == 0 else (4, 2)
        convolution = nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=1)
        layers += [spectral_norm(convolution), nn.LeakyReLU(0.1)]
        inputs = outputs
    return nn.Sequential(*layers, nn.Flatten(), spectral_norm(nn.Linear(512 * 4 * 4, 1)))


class UpBlock(nn.Module):
    """Figure 8 (b): the size is doubled in front of the first convolution and in the shortcut."""

    def __init__(self, channels):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.shortcut = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        h = self.conv1(F.interpolate(F.relu(self.bn1(x)), scale_factor=2))
        return self.conv2(F.relu(self.bn2(h))) + self.shortcut(F.interpolate(x, scale_factor=2))


class DownBlock(nn.Module):
    """Figure 8 (a). The first block begins with the image itself and pools it before the shortcut."""

    def __init__(self, inputs, outputs, down, first=False):
        super().__init__()
        hidden = outputs if first else inputs
        self.down, self.first = down, first
        self.conv1 = spectral_norm(nn.Conv2d(inputs, hidden, 3, padding=1))
        self.conv2 = spectral_norm(nn.Conv2d(hidden, outputs, 3, padding=1))
        widens = down or inputs != outputs
        self.shortcut = spectral_norm(nn.Conv2d(inputs, outputs, 1)) if widens else nn.Identity()

    def forward(self, x):
        h = self.conv2(F.relu(self.conv1(x if self.first else F.relu(x))))
        if not self.down:
            return h + self.shortcut(x)
        if self.first:
            return F.avg_pool2d(h, 2) + self.shortcut(F.avg_pool2d(x, 2))
        return F.avg_pool2d(h + self.shortcut(x), 2)


def resnet_generator():
    return nn.Sequential(
        nn.Linear(LATENT, 256 * 4 * 4),
        nn.Unflatten(1, (256, 4, 4)),
        UpBlock(256),
        UpBlock(256),
        UpBlock(256),
        nn.BatchNorm2d(256),
        nn.ReLU(),
        nn.Conv2d(256, 3, 3, padding=1),
        nn.Tanh(),
    )


class SumPool(nn.Module):
    def forward(self, x):
        return x.sum((2, 3))


def resnet_discriminator():
    return nn.Sequential(
        DownBlock(3, 128, down=True, first=True),
        DownBlock(128, 128, down=True),
        DownBlock(128, 128, down=False),
        DownBlock(128, 128, down=False),
        nn.ReLU(),
        SumPool(),
        spectral_norm(nn.Linear(128, 1, bias=False)),
    )


NETWORKS = {
    "cnn": (cnn_generator, cnn_discriminator, (0.5, 0.999)),
    "resnet": (resnet_generator, resnet_discriminator, (0.0, 0.9)),
}


class Training:
    """Both players, their optimisers, and a batch of real images that stays in memory."""

    def __init__(self, args):
        torch.manual_seed(0)
        self.args, self.device = args, torch.device(args.device)
        generator, discriminator, betas = NETWORKS[args.network]
        self.generator, self.discriminator = self.place(generator()), self.place(discriminator())
        # One kernel for all parameters, which pays on a graphics card.
        fused = self.device.type == "cuda"
        optimizer = lambda net: torch.optim.Adam(net.parameters(), 2e-4, betas, fused=fused)
        self.adam_g, self.adam_d = optimizer(self.generator), optimizer(self.discriminator)
        self.real = self.place(torch.rand(args.batch, 3, IMAGE, IMAGE) * 2 - 1)

    def place(self, what):
        return what.to(self.device, memory_format=torch.channels_last)

    def step(self):
        bf16 = self.args.dtype == "bf16"
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=bf16):
            z = torch.randn(self.args.batch, LATENT, device=self.device)
            fake = self.generator(z)
            loss_d = self.update_discriminator(fake.detach())
            loss_g = self.update_generator(fake)
        # Reading the losses waits for the device.
        return loss_d.item(), loss_g.item()

    def update_discriminator(self, fake):
        self.adam_d.zero_grad(set_to_none=True)
        if self.args.form == "best":
            self.discriminator.requires_grad_(True)
            both = self.discriminator(torch.cat([self.real, fake]))
            on_real, on_fake = both.split(self.args.batch)
        else:
            on_real, on_fake = self.discriminator(self.real), self.discriminator(fake)
        loss = F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean()
        loss.backward()
        self.adam_d.step()
        return loss

    def update_generator(self, fake):
        self.adam_g.zero_grad(set_to_none=True)
        if self.args.form == "best":
            self.discriminator.requires_grad_(False)
        loss = -self.discriminator(fake).mean()
        loss.backward()
        self.adam_g.step()
        return loss

    def time(self, steps):
        """Seconds of each step, and the losses of the last one."""
        seconds, losses = [], (None, None)
        for _ in range(steps):
            start = time.perf_counter()
            losses = self.step()
            seconds.append(time.perf_counter() - start)
        return seconds, losses


def peak_bytes():
    """The most memory that this process ever held; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def say(**values):
    print(json.dumps(values), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--network", choices=sorted(NETWORKS), default="cnn")
    parser.add_argument("--form", choices=["best", "blog"], default="best")
    parser.add_argument("--dtype", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--interactive", action="store_true")
    args = parser.parse_args()
    training = Training(args)
    known = dict(torch=torch.__version__, device=device_name(training.device))

    training.time(1)
    if not args.interactive:
        seconds, (d_loss, g_loss) = training.time(args.steps)
        median, least = statistics.median(seconds), min(seconds)
        setting = dict(network=args.network, form=args.form, dtype=args.dtype, batch=args.batch)
        losses = dict(d_loss=d_loss, g_loss=g_loss, peak_bytes=peak_bytes())
        say(**known, **setting, median_s=round(median, 4), min_s=round(least, 4), **losses)
        return

    (warm,), _ = training.time(1)
    say(ready=True, warm_s=warm, **known)
    for line in sys.stdin:
        seconds, (d_loss, g_loss) = training.time(json.loads(line)["steps"])
        say(seconds=seconds, d_loss=d_loss, g_loss=g_loss, peak_bytes=peak_bytes())


def device_name(device):
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


if __name__ == "__main__":
    main()
