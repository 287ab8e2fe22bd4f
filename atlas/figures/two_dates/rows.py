"""The values of two dates: what is printed of each territory, and what its browser receives."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed, class_of
from atlas.figures.two_dates.texts import PairChoice, change_text
from atlas.indicators import is_restated
from atlas.indicators.two_dates import between
from atlas.territories import KIND_OF_LEVEL

DATES = ("before", "after")
# Widths of the classes of a change, in points, and how many there are on each side of zero.
STEPS = (0.2, 0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0)
SIDE = 4


def pair_values(context: FigureContext, choice: PairChoice) -> pd.DataFrame:
    """Every territory of the level at both dates, as `atlas.indicators.two_dates.between` says
    it, and what is printed.

    Adds i (place in the level), name; before, after (levels rounded as printed), each with _text
    and _rank; change is rounded as printed, change_text says it.
    """
    codes = choice.only or context.territories.of_kind(KIND_OF_LEVEL[choice.level], choice.within)
    kind = context.settings.indicators[choice.indicator]
    rows = between(
        context.dataset.observations,
        context.settings,
        codes,
        indicator=choice.indicator,
        before=choice.before,
        after=choice.after,
    )
    everywhere = context.territories.of_kind(KIND_OF_LEVEL[choice.level])
    rows["i"] = [everywhere.index(code) for code in rows["code"]]
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    for date in DATES:
        rows[date] = [as_printed(value) for value in rows[f"{date}_value"]]
        rows[f"{date}_rank"] = rows[date].rank(method="min", ascending=False)
        rows[f"{date}_text"] = [
            captions.marked(french.format_value(value, kind, qualifier), how)
            for value, qualifier, how in rows[
                [f"{date}_value", f"{date}_qualifier", f"{date}_derived"]
            ].itertuples(index=False)
        ]
    rows["change"] = [as_printed(value) for value in rows["change"]]
    rows["change_text"] = [
        change_text(change, how, still, kind)
        for change, how, still in rows[["change", "change_derived", "still"]].itertuples(
            index=False
        )
    ]
    return rows


def slim_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what both maps draw and the browser does not know: it travels at each change."""
    marks = {f"{name}_mark": _marks(rows, name) for name in (*DATES, "change")}
    return rows[["i", *DATES, "change"]].assign(
        **{name: column for name, column in marks.items() if column.notna().any()}
    )


def slim_changes(rows: pd.DataFrame, bounds: list[float]) -> pd.DataFrame:
    """The same for the map of changes; shade: see `shades`."""
    slim, marks = rows[["i"]].assign(value=rows["change"]), _marks(rows, "change")
    slim["shade"] = shades(rows, bounds)
    return slim.assign(mark=marks) if marks.notna().any() else slim


def change_bounds(changes: pd.Series) -> list[float]:
    """Round bounds around zero, in points, as far on one side as on the other.

    Of the three finest that leave at most one change in ten to the open classes, those whose
    fullest class holds the fewest.
    """
    known = changes.dropna()
    usual = float(known.abs().quantile(0.9))
    wide = [step for step in STEPS if usual < (SIDE - 1) * step] or [STEPS[-1]]
    found = [[round(step * place, 1) for place in range(1 - SIDE, SIDE)] for step in wide[:3]]
    return min(
        found,
        key=lambda bounds: max(Counter(class_of(change, bounds) for change in known).values()),
    )


def shades(rows: pd.DataFrame, bounds: list[float]) -> pd.Series:
    """The class of each change, and one of its own for those that rounding may explain.

    The browser receives the class: with other bounds the specification stays the same text.
    """
    still = len(bounds) + 1
    classes = [
        still if held else class_of(change, bounds)
        for change, held in zip(rows["change"], rows["still"], strict=True)
    ]
    return pd.Series(classes, rows.index, dtype=float)


def _marks(rows: pd.DataFrame, name: str) -> pd.Series:
    """« † » where a value was computed, « secret statistique » where it is, None elsewhere."""
    how = rows[f"{name}_derived"]
    computed = (how != "") & ~how.map(is_restated)
    marks = pd.Series(
        [
            captions.marked("", text) if made else None
            for text, made in zip(how, computed, strict=True)
        ],
        rows.index,
        dtype=object,
    )
    if name == "change":
        return marks
    return marks.where(rows[f"{name}_qualifier"] != french.HIDDEN, french.SECRET)
