"""Which values may be compared: the same definition, the same window, the same base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from atlas.periods import is_window_start, reference_period
from atlas.settings import Indicator
from atlas.values import Value


def definition(row: pd.Series, indicator: Indicator) -> tuple[str, ...]:
    """What must be equal for two levels of an indicator to lie on one line or make a change.

    Columns read: noun, window, and source where the definition depends on it (``by_source``). A
    window that says when it starts is one with its own length at each period, on one line.
    """
    source = row["source"] if indicator.by_source else ""
    return row["noun"], row["window"], source


def are_comparable(
    now: pd.DataFrame, before: pd.DataFrame, indicator: Indicator, *, prefixes: tuple[str, str]
) -> pd.Series:
    """True where two levels of the same place have one definition and windows of one length.

    Columns read, each after the prefix of its frame: noun, window, source, contradiction and
    contradicted. The frames have the same index. A level that another contradicts is compared with
    none.
    """
    first, then = prefixes

    def same(column: str) -> pd.Series:
        return _texts(now, f"{first}{column}") == _texts(before, f"{then}{column}")

    windows = _texts(now, f"{first}window")
    comparable = same("noun") & same("window") & ~windows.map(is_window_start).astype(bool)
    if indicator.by_source:
        comparable &= same("source")
    for frame, prefix in ((now, first), (before, then)):
        comparable &= ~_texts(frame, f"{prefix}contradicted").isin(["level", "both"])
    return comparable


def _texts(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].fillna("").astype(str)


def base_of(change: Value) -> str:
    """The period that a change starts from, as it is compared; empty when its source is silent."""
    if not change.compared_to or change.indicator is None:
        return ""
    accumulation = "rolling" if change.window else change.indicator.accumulation
    return reference_period(change.compared_to, accumulation)


def has_another_base(changes: Sequence[Value]) -> list[bool]:
    """True for each change that does not start from the period that most of them start from.

    A known base comes before an unknown one, and a later one before an earlier one, where as many
    changes have them. False for what has no amount.
    """
    bases = [base_of(change) if change.is_known else None for change in changes]
    counts = Counter(base for base in bases if base is not None)
    if not counts:
        return [False] * len(bases)
    usual = max(counts, key=lambda base: (counts[base], base))
    return [base is not None and base != usual for base in bases]
