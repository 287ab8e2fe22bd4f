"""Images and press kits against the tools that people use instead, on the same map.

`python -m bench.export` from the root of the repository; see bench/README.md.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from PIL import Image

from atlas.export.image import image
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from bench.job import FORMAT, NATIONAL_MAP, fictitious_context, national_map, size_of, write_job
from bench.peers import PEERS, Matplotlib, Plotly
from bench.server import slowdown
from bench.timing import compared, in_turn, seconds, spread

PACKAGES = ("vl-convert-python", "streamlit", "matplotlib", "geopandas", "plotly", "kaleido")
KINDS = ("png", "svg", "pdf")  # that the peers write too
PROMISE = 1.5


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("images", "kits", "server"), action="append")
    parser.add_argument("--rounds", type=int, default=9, help="timed runs of each image")
    parser.add_argument("--changes", type=int, default=15, help="changes of period, each way")
    parser.add_argument("--keep", type=Path, help="a folder for the images, to look at them")
    options = parser.parse_args()
    parts = options.only or ("images", "kits", "server")
    machine()
    if "images" in parts:
        images(options.rounds, options.keep)
    if "kits" in parts:
        kits()
    if "server" in parts:
        server(options.changes)
    print(f"\nload at the end: {os.getloadavg()[0]:.1f}")


def machine() -> None:
    """What it runs on."""
    print(
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; load at the start: {os.getloadavg()[0]:.1f}"
    )
    print(
        ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name))), flush=True
    )


def _version(package: str) -> str:
    """Empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def images(rounds: int, keep: Path | None) -> None:
    """One map by everybody: the tools ready, then from nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        job, context, pool = Path(scratch), fictitious_context(), RenderPool(1)
        ours = Image.open(io.BytesIO(_ours(context, pool, "png")))
        write_job(context, ours.size, job)
        peers = Matplotlib(job), Plotly(job)
        pictures = {"ours": ours} | {
            peer.name: Image.open(io.BytesIO(peer.draw("png"))) for peer in peers
        }
        same_map(pictures, national_map(context))
        warm(context, pool, peers, rounds)
        for peer in peers:
            peer.close()
        pool.close()
        cold(job, rounds)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            for file in job.glob("map-*"):
                (keep / file.name).write_bytes(file.read_bytes())


def _ours(context: FigureContext, pool: RenderPool, kind: str) -> bytes:
    return image(national_map(context), kind, context.shapes, size_of(context), pool=pool)


def same_map(pictures: dict[str, Image.Image], figure: Figure) -> None:
    """Say the sizes, and how much of the coloured surface each class takes."""
    print("\nSame map (PNG): size, then share of each class in the coloured surface, in %")
    print(f"  {'':24} {'':11} " + " ".join(f"{entry.label:>12}" for entry in figure.legend))
    for name, picture in pictures.items():
        # below the legend, above the caption
        part = picture.convert("RGB").crop(
            (0, picture.height // 5, picture.width, picture.height * 9 // 10)
        )
        flat = {colour: count for count, colour in part.getcolors(part.width * part.height)}
        found = [flat.get(_rgb(entry.colour), 0) for entry in figure.legend]
        print(
            f"  {name:24} {picture.width} × {picture.height} "
            + " ".join(f"{100 * count / sum(found):12.1f}" for count in found)
        )


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def warm(
    context: FigureContext, pool: RenderPool, peers: Iterable[Matplotlib | Plotly], rounds: int
) -> None:
    """Everything read and started: from values in memory to the bytes of a file."""
    for kind in KINDS:
        tasks: dict[str, Callable[[], object]] = {"ours": partial(_ours, context, pool, kind)}
        tasks |= {peer.name: partial(peer.draw, kind) for peer in peers}
        print(
            f"\n{kind.upper()}, warm, median of {rounds} (lowest to highest)",
            *compared(in_turn(tasks, rounds)),
            sep="\n",
            flush=True,
        )


def cold(job: Path, rounds: int) -> None:
    """A process that starts, reads, draws, writes and ends."""
    for kind in KINDS:
        tasks: dict[str, Callable[[], object]] = {
            "ours": partial(
                _run,
                [
                    "atlas",
                    "export",
                    "--demo",
                    "--figure",
                    NATIONAL_MAP.drawing,
                    "--period",
                    NATIONAL_MAP.period,
                    "--format",
                    FORMAT,
                    "--kind",
                    kind,
                    "--force",
                    "--out",
                    str(job / f"map-ours.{kind}"),
                ],
            )
        }
        tasks |= {
            peer.name: partial(
                _run, ["bench.peers", key, kind, str(job), str(job / f"map-{key}.{kind}")]
            )
            for key, peer in PEERS.items()
        }
        print(
            f"\n{kind.upper()}, a process from start to end, median of {rounds}",
            *compared(in_turn(tasks, rounds)),
            sep="\n",
            flush=True,
        )


def _run(words: list[str]) -> None:
    subprocess.run(
        [sys.executable, "-m", *words],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[1],
    )


def kits(times: int = 3) -> None:
    """The press kit of one dossier and of all, by the command line."""
    print(f"\nPress kits, a process from start to end, median of {times} (lowest to highest)")
    for words in (["--dossier", "corse-2026"], ["--all"]):
        with tempfile.TemporaryDirectory() as scratch:
            making = partial(_run, ["atlas", "kit", *words, "--force", "--out", scratch])
            took = [seconds(making) for _ in range(times)]
            files = [path for path in Path(scratch).rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
        print(
            f"  {' '.join(words):24} {spread(took)}   {len(files)} files, {size:.1f} MB, "
            f"{len(files) / median(took):.1f} files/s",
            flush=True,
        )


def server(changes: int) -> None:
    """A change of period beside a kit in the making."""
    print(f"\nChange of period on the map, from the key to the title, median of {changes}")
    times = slowdown(changes)
    for name, values in times.items():
        print(f"  {name:24} {spread(values)}")
    alone, busy = (median(values) for values in times.values())
    kept = "kept" if busy / alone <= PROMISE else "broken"
    print(f"  {'ratio':24} {busy / alone:6.2f}   promise of at most {PROMISE}: {kept}")


if __name__ == "__main__":
    main()
