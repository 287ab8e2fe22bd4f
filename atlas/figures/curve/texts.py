"""What is said of a curve: note de lecture, notes, legend, description."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.findings import as_title, is_stated_level
from atlas.settings import Indicator
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


def findings(context: FigureContext, points: pd.DataFrame, code: str) -> tuple[str, ...]:
    """The last level of the territory that the note reads, with its date; none that is doubtful."""
    level: Value = points[points["chosen"] & (points["code"] == code)].iloc[-1]["level"]
    return (as_title(lecture(context, points, code)),) if is_stated_level(level) else ()


def note(points: pd.DataFrame, indicator: Indicator, secrets: Collection[Value]) -> str:
    """What hollow points, breaks of lines, computed values and gaps are."""
    parts = []
    if not points["chosen"].all():
        parts.append("Point vide hors de la ligne : autre estimation publiée à la même date.")
    assumed = captions.assumed_periods(points.loc[points["chosen"], "level"])
    if assumed:
        names = french.join_with_et([periods.label(period) for period in assumed])
        parts.append(f"Point vide sur la ligne : date supposée ({names}).")
    parts += _breaks(points, indicator)
    if any(level.derivation for level in points.loc[points["chosen"], "level"]):
        parts.append(
            "Certains niveaux sont déduits d’une évolution publiée : le tableau dit lesquels."
        )
    return " ".join(part for part in (*parts, captions.secrecy_note(secrets)) if part)


def must_say(points: pd.DataFrame) -> str:
    """What hollow points and breaks of lines are, in short."""
    parts = []
    if not points["chosen"].all():
        parts.append("Point vide hors de la ligne : autre estimation.")
    if captions.assumed_periods(points.loc[points["chosen"], "level"]):
        parts.append("Point vide sur la ligne : date supposée.")
    if (points["segment"] > 0).any():
        parts.append("Ligne interrompue : la définition change.")
    return " ".join(parts)


def _breaks(points: pd.DataFrame, indicator: Indicator) -> list[str]:
    """Where lines are broken, and what changes there: « à partir de mars 2026 »."""
    chosen = points[points["chosen"]]
    starts = chosen[chosen["segment"] > 0].drop_duplicates(["code", "segment"])
    if starts.empty:
        return []
    dates = [periods.label(period) for period in dict.fromkeys(starts["reference_period"])]
    nouns = list(dict.fromkeys(level.noun for level in chosen["level"] if level.noun))
    what = "définition et le champ dépendent de la source"
    if not indicator.by_source:
        counted = " ; ".join(nouns) if len(nouns) > 1 else ""
        what = f"définition change ({counted})" if counted else "définition change"
    return [f"Ligne interrompue en {french.join_with_et(dates)} : la {what}."]


def alt(points: pd.DataFrame, title: str) -> str:
    """The first and the last value of each territory and how it went from one to the other, those
    whose line starts first before."""
    chosen = points[points["chosen"]].sort_values(["end", "code"], kind="stable")
    parts = []
    for _, rows in chosen.groupby("code", sort=False):
        ends = [
            f"{french.value_text(row['level'])} en {periods.label(row['reference_period'])}"
            for _, row in rows.iloc[[0, -1]].iterrows()
        ]
        first, last = (rows["level"].iloc[place].number for place in (0, -1))
        trend = ", en hausse" if last > first else ", en baisse" if last < first else ""
        parts.append(f"{rows['series'].iloc[0]} : {', '.join(dict.fromkeys(ends))}{trend}")
    return f"{title}. {' ; '.join(parts)}."
