"""Several things timed in turn, so that a machine that slows down slows all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

Times = dict[str, list[float]]


def in_turn(tasks: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Seconds of each task, once a round; each round starts with another task.

    What a first run alone costs (imports, caches, a browser that starts) is not counted.
    """
    for task in tasks.values():
        task()
    found: Times = {name: [] for name in tasks}
    names = list(tasks)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(seconds(tasks[name]))
    return found


def seconds(task: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def spread(values: list[float], unit: str = "s") -> str:
    """Median, then the lowest and the highest."""
    return f"{median(values):6.2f} {unit} ({min(values):.2f} to {max(values):.2f})"


def compared(times: Times) -> list[str]:
    """A line for each; the first is ours, and what the others take is said in times of it."""
    ours, *_ = times.values()
    return [
        f"  {name:24} {spread(values)}" + ("" if values is ours else _ratio(values, ours))
        for name, values in times.items()
    ]


def _ratio(theirs: list[float], ours: list[float]) -> str:
    paired = [one / other for one, other in zip(theirs, ours, strict=True)]
    return (
        f"   theirs / ours {median(theirs) / median(ours):5.2f}"
        f" (by round {min(paired):.2f} to {max(paired):.2f})"
    )
