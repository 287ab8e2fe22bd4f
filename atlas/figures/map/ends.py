"""The bars of a long ranking: the first and the last, and the one that stands out between them."""

from __future__ import annotations

import pandas as pd

from atlas import french
from atlas.figures.common.ranked_bars import FIRST_GAP
from atlas.figures.map.request import RankingRequest

# Bars at each end of a ranking that is too long to be read whole, and the most that one has whole.
BARS_PER_END, MAX_BARS = 10, 25


def is_cut(request: RankingRequest, known: int) -> bool:
    """True of a ranking of which some bars alone are drawn; known: how many it has in all."""
    return request.extent == "ends" and known > MAX_BARS


def bars_drawn(request: RankingRequest, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of `known` that have a bar, the highest first."""
    ordered = known.sort_values("shown", ascending=False, kind="stable")
    if not is_cut(request, len(known)):
        return ordered
    places = pd.Series(range(len(ordered)), ordered.index)
    at_ends = (places < BARS_PER_END) | (places >= len(ordered) - BARS_PER_END)
    return ordered[at_ends | (ordered["code"] == request.highlighted)]


def ends_text(request: RankingRequest, known: pd.DataFrame) -> str:
    """What a cut ranking says after its subtitle."""
    return ", les dix premiers et les dix derniers" if is_cut(request, len(known)) else ""


def gap_rows(request: RankingRequest, known: pd.DataFrame) -> pd.DataFrame:
    """A row for each run of territories without a bar: i, a value between its neighbours, which
    orders it, and in mark what is written for a name: « 39 autres »."""
    if not is_cut(request, len(known)):
        return pd.DataFrame(columns=["i", "value", "mark"])
    ordered = known.sort_values("shown", ascending=False, kind="stable")
    drawn = set(bars_drawn(request, known)["code"])
    runs: list[list[float]] = []
    before = True
    for code, value in zip(ordered["code"], ordered["shown"], strict=True):
        if code not in drawn:
            if before:
                runs.append([])
            runs[-1].append(value)
        before = code in drawn
    said = [f"{len(run)}{french.NBSP}autre{'s' if len(run) > 1 else ''}" for run in runs]
    return pd.DataFrame(
        {
            "i": [FIRST_GAP - place for place in range(len(runs))],
            "value": [(run[0] + run[-1]) / 2 for run in runs],
            # Two of one length are two rows all the same.
            "mark": [text + french.NBSP * place for place, text in enumerate(said)],
        },
        dtype=object,
    )
