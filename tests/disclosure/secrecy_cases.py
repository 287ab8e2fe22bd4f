"""Small tables with secrets, and an attacker who knows what is published and how it adds up.

The attacker is written apart from atlas.disclosure, on purpose: cells are unknowns of a linear
programme, and what is published is an equation each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from scipy.optimize import linprog

from atlas.disclosure.suppression import suppress
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import NOTHING_SAID, empty
from atlas.periods import reference_period
from atlas.settings import SecrecyRule

Key = tuple[str, ...]
BRETAGNE = ["DEP-22", "DEP-29", "DEP-35", "DEP-56"]
CORRIDORS = ["hopital", "biologie", "medecine_ville", "officine", "radiologie", "esms"]
FEW = {"structures_feeding": SecrecyRule(minimum=11)}


def frame(words: KnownKeys, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Rows as a file would give them: what is not said is empty."""
    usual = {
        **NOTHING_SAID,
        "indicator": "structures_feeding",
        "corridor": "",
        "period": "2025",
        "value": float("nan"),
        "qualifier": "",
        "change": float("nan"),
        "compared_to": "",
        "source": "inconnue",
        "page": "",
        "note": "",
        "uncertain": False,
        "derived": "",
        "decimals": 0.0,
        "secret": False,
    }
    made = pd.DataFrame([{**usual, **row} for row in rows], columns=list(empty().columns))
    accumulations = {
        key: indicator.accumulation for key, indicator in words.settings.indicators.items()
    }
    made["reference_period"] = [
        reference_period(period, accumulations[key])
        for period, key in zip(made["period"], made["indicator"], strict=True)
    ]
    return made.astype({"value": float, "change": float})


def hidden(
    words: KnownKeys, rows: Sequence[Mapping[str, object]], rules: dict[str, SecrecyRule]
) -> pd.DataFrame:
    """The rows as they may be shown under some rules."""
    settings = words.settings.model_copy(update={"secrecy": rules})
    return suppress(frame(words, rows), settings, words.territories)


def crossed(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Counts by département and corridor → the same with the totals of both."""
    places = sorted({place for place, _ in counts})
    rows = {**counts, **{(place, ""): sum(counts[place, c] for c in CORRIDORS) for place in places}}
    return rows | {("REG-53", c): sum(rows[place, c] for place in places) for c in ["", *CORRIDORS]}


def sums(places: Sequence[str], corridors: Sequence[str]) -> list[dict[Key, float]]:
    """How the cells of `crossed` add up: each adds to nothing."""
    lines = [
        {(place, ""): 1.0, **{(place, c): -1.0 for c in corridors}} for place in [*places, "REG-53"]
    ]
    return lines + [
        {("REG-53", c): 1.0, **{(place, c): -1.0 for place in places}} for c in ["", *corridors]
    ]


def interval(
    target: Key, published: Mapping[Key, float], lines: Sequence[Mapping[Key, float]]
) -> tuple[float, float]:
    """The lowest and the highest value that a cell may have for who knows the published ones."""
    cells = sorted({cell for line in lines for cell in line} | {target})
    known = [{cell: 1.0} for cell in cells if cell in published]
    values = [published[cell] for cell in cells if cell in published]
    table = [[line.get(cell, 0.0) for cell in cells] for line in [*lines, *known]]
    aim = [float(cell == target) for cell in cells]
    ends = [
        linprog(
            [sign * a for a in aim], A_eq=table, b_eq=[0.0] * len(lines) + values, bounds=(0, None)
        )
        for sign in (1, -1)
    ]
    assert all(end.status in (0, 3) for end in ends), "what is published contradicts itself"
    low, high = (
        sign * end.fun if end.status == 0 else sign * float("-inf")
        for sign, end in zip((1, -1), ends, strict=True)
    )
    return low, high
