"""What the figures of a comparison say around the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.levels import COMPUTED
from atlas.figures.comparison.spec import ResolvedComparison

# Names listed before « et 12 autres ».
LISTED = 8
NOT_FROM_ZERO = "L’échelle ne part pas de zéro."


def heading(asked: ResolvedComparison) -> str:
    """« Taux d’activation, de décembre 2024 à décembre 2025 »."""
    now = periods.label(asked.reference_period, asked.kind.accumulation)
    if not asked.before:
        return f"{asked.kind.label}, {now}"
    then = periods.label(asked.before, asked.kind.accumulation)
    return f"{asked.kind.label}, {french.with_de(then)} à {now}"


def titles(asked: ResolvedComparison, what: str) -> tuple[str, str]:
    """Title and subtitle: the finding of the page over what is shown."""
    return (asked.page.finding, what) if asked.page.finding else (what, "")


def file_key(asked: ResolvedComparison, layout: str) -> str:
    """The name of the files of a figure."""
    dates = "_".join(date for date in (asked.before, asked.reference_period) if date)
    return "_".join(
        part for part in (asked.key, dates, french.slug(asked.kind.label), layout) if part
    )


def silent_note(context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame) -> str:
    """Which territories lack a value at which date."""
    said = []
    for column, reference_period in (("value", asked.reference_period), ("before", asked.before)):
        if not reference_period:
            continue
        hidden = rows["qualifier" if column == "value" else "before_qualifier"] == french.HIDDEN
        date = periods.label(reference_period, asked.kind.accumulation)
        for word, silent in (
            ("Non publié", rows[column].isna() & ~hidden),
            ("Secret statistique", rows[column].isna() & hidden),
        ):
            if silent.any():
                said.append(
                    f"{word} pour {date} : {listed(context, list(rows.loc[silent, 'code']))}."
                )
    return " ".join(said)


def absent_note(
    context: FigureContext,
    asked: ResolvedComparison,
    codes: Sequence[str],
    known: Collection[str],
    by: str = "",
) -> str:
    """Which of the territories have no value at all, and which have none but secret ones."""
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & rows["secret"]
        & ((rows["corridor"] != "") == bool(by))
    ]
    absent = [code for code in codes if code not in known]
    secret = [code for code in absent if code in set(rows["territory"])]
    silent = [code for code in absent if code not in secret]
    return joined(
        *(
            f"{word}{by} : {listed(context, found)}."
            for word, found in (("Non publié", silent), ("Secret statistique", secret))
            if found
        )
    )


def listed(context: FigureContext, codes: Sequence[str]) -> str:
    """Names of territories, the first of them when they are many."""
    ordered = context.territories.sorted_by_name(codes)
    if len(ordered) <= LISTED + 1:
        return captions.enumerate_names(context, ordered)
    names = ", ".join(context.territories[code].name for code in ordered[:LISTED])
    return f"{names} et {len(ordered) - LISTED} autres"


def computed_note(context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame) -> str:
    """What the mark stands for: levels that were computed, changes that no source prints."""
    then = rows.loc[rows["before"].notna(), ["code", "before_derived"]]
    parts = pd.concat(
        [
            rows.loc[rows["value"].notna(), ["code", "derived"]],
            then.rename(columns={"before_derived": "derived"}),
        ],
        ignore_index=True,
    )
    note = captions.derived_note(context, parts.drop_duplicates())
    changes = change_note(asked, rows["change_how"])
    return joined(note, changes.removeprefix(f"{captions.DERIVED_MARK} ") if note else changes)


def change_note(asked: ResolvedComparison, how: Iterable[str]) -> str:
    """How changes were computed, when some were. how: of each, empty when it is published."""
    if COMPUTED not in set(how):
        return ""
    said = "différence des deux niveaux" if asked.kind.in_percent else "rapport des deux niveaux"
    return f"{captions.DERIVED_MARK} Évolution calculée : {said}."


def axis_note(domain: tuple[float, float]) -> str:
    """A scale that does not start from zero says so."""
    return NOT_FROM_ZERO if domain[0] > 0 else ""


def champ(context: FigureContext, asked: ResolvedComparison, codes: Collection[str]) -> str:
    """On whom, and where when the territories are few."""
    if len(codes) > LISTED:
        return f"{asked.kind.champ}."
    return f"{asked.kind.champ}, {captions.enumerate_names(context, codes)}."


def lecture(context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame) -> str:
    """How to read one territory, one with a change when there is one."""
    changed = rows[rows["change"].notna()]
    row = (changed if len(changed) else rows).iloc[0]
    extra = (
        ""
        if not row["change_text"]
        else (f", soit {row['change_text']} {periods.since(asked.before, asked.kind.accumulation)}")
    )
    return captions.reading(
        context,
        asked.kind,
        row["code"],
        row["value"],
        row["qualifier"],
        asked.reference_period,
        extra=extra,
    )


def joined(*notes: str) -> str:
    """The notes that say something, one after the other."""
    return " ".join(note for note in notes if note)
