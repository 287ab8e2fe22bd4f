"""What is said of a curve: note de lecture, notes, legend, description."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import LegendEntry
from atlas.values import Value


def legend(points: pd.DataFrame, colours: Sequence[str]) -> tuple[LegendEntry, ...]:
    """The last value of each territory, which names its line."""
    last = points[points["last"]].drop_duplicates("code")
    return tuple(
        LegendEntry(f"{name}, {label} ({periods.label(end)})", colour)
        for name, label, end, colour in zip(
            last["series"], last["label"], last["end"], colours, strict=True
        )
    )


def lecture(context: FigureContext, points: pd.DataFrame, code: str) -> str:
    """Reads the last chosen value of a territory."""
    row = points[points["chosen"] & (points["code"] == code)].iloc[-1]
    level = row["level"]
    return captions.reading(context, level, code, period=row["reference_period"])


def note(points: pd.DataFrame, secrets: Collection[Value]) -> str:
    """What hollow points, computed values and gaps are."""
    parts = []
    if not points["chosen"].all():
        parts.append("Point vide : autre estimation publiée à la même date.")
    if any(level.derivation for level in points.loc[points["chosen"], "level"]):
        parts.append(
            "Certains niveaux sont déduits d’une évolution publiée : le tableau dit lesquels."
        )
    return " ".join(part for part in (*parts, captions.secrecy_note(secrets)) if part)


def alt(points: pd.DataFrame, title: str) -> str:
    """The first and the last value of each territory, those whose line starts first before."""
    chosen = points[points["chosen"]].sort_values(["end", "code"], kind="stable")
    parts = []
    for _, rows in chosen.groupby("code", sort=False):
        ends = [
            f"{french.value_text(row['level'])} en {periods.label(row['reference_period'])}"
            for _, row in rows.iloc[[0, -1]].iterrows()
        ]
        parts.append(f"{rows['series'].iloc[0]} : {', '.join(ends)}")
    return f"{title}. {' ; '.join(parts)}."
