"""Every reader of what comes from outside, on thousands of spoilt inputs.

``make fuzz COUNT=2000 SEED=1`` tries them all; ``make fuzz TARGET=geojson`` one of them, and
``python tests/faults/fuzz.py --seed 17 --count 1 --keep /tmp geojson`` a single input, which it
writes. Each input has a seed of its own: SEED, SEED + 1, … Counts by reader: tried, accepted,
refused in French, wrong (an exception, English, no cure, or over the limit of time).
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fuzz_targets import Outcome, Target, targets

SECONDS_PER_INPUT = 30
MAX_WRONG_INPUTS_SHOWN = 10


@dataclass(frozen=True)
class Tried:
    """One input that went wrong. why: what to mend; trace: of the program, when it raised."""

    seed: int
    why: str
    trace: str = ""


def main() -> int:
    """Try the targets that the arguments name; 1 when an input went wrong."""
    arguments = _arguments()
    known = targets()
    names = arguments.targets or list(known)
    unknown = set(names) - set(known)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
        return 2
    wrong = 0
    for name in names:
        count = max(1, arguments.count // known[name].slowness)
        started = time.monotonic()
        counts, failures = try_target(known[name], arguments.seed, count, keep=arguments.keep)
        wrong += len(failures)
        print(f"{name}: {counted(counts)} in {time.monotonic() - started:.0f} s", flush=True)
        for failure in failures[:MAX_WRONG_INPUTS_SHOWN]:
            print(f"  --seed {failure.seed} --count 1 {name}: {failure.why}")
            print("".join(f"    {line}\n" for line in failure.trace.splitlines()), end="")
    return int(wrong > 0)


def try_target(
    target: Target, seed: int, count: int, *, keep: Path | None = None
) -> tuple[Counter[str], list[Tried]]:
    """Try so many inputs of one reader, from a seed on; returns counts, and what went wrong."""
    counts: Counter[str] = Counter()
    failures = []
    for number in range(seed, seed + count):
        spoilt = target.make(Random(number))
        if keep is not None:
            (keep / f"{target.name}_{number}").write_bytes(spoilt)
        started = time.monotonic()
        try:
            outcome, why, trace = *target.read(spoilt), ""
        except Exception as error:  # noqa: BLE001 — whatever it is, it is what is looked for
            outcome, why = "wrong", f"{type(error).__name__}: {error}"[:200]
            trace = "".join(traceback.format_tb(error.__traceback__)[-3:])
        lasted = time.monotonic() - started
        if lasted > SECONDS_PER_INPUT:
            outcome, why = "wrong", f"{lasted:.0f} s"
        counts["tried"] += 1
        counts[outcome] += 1
        if outcome == "wrong":
            failures.append(Tried(number, why, trace))
    return counts, failures


def counted(counts: Counter[str]) -> str:
    """« 2000 tried, 310 accepted, 1690 refused, 0 wrong »."""
    order: tuple[Outcome | str, ...] = ("tried", "accepted", "refused", "wrong")
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in order)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="readers; all of them when none is named")
    parser.add_argument("--count", type=int, default=2000, help="inputs per reader")
    parser.add_argument("--seed", type=int, default=1, help="of the first input")
    parser.add_argument("--keep", type=Path, help="the folder where inputs are written")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
