"""What the figures of a comparison say around the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import as_title, is_stated, is_stated_level
from atlas.figures.common.ranks import compared_count_text
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators.computed_change import DIFFERENCE, RATIO, derivation_of_change
from atlas.sentences.notes import absence_sentence, secrecy_sentence
from atlas.values import Value

# Names listed before « et 12 autres ».
MAX_LISTED_NAMES = 8
NOT_FROM_ZERO = "L’échelle ne part pas de zéro."


def heading(comparison: ResolvedComparison, count: str = "") -> str:
    """« Taux d’activation, de décembre 2024 à décembre 2025 ». count: how many of the territories
    of their kind are there, for what ranks them."""
    label = f"{comparison.indicator.label}, {count}" if count else comparison.indicator.label
    now = comparison.date(comparison.reference_period)
    if not comparison.compared_to:
        return f"{label}, {now}"
    then = comparison.date(comparison.compared_to)
    return f"{label}, {french.with_de(then)} à {now}"


def titles(comparison: ResolvedComparison, description: str) -> tuple[str, str]:
    """Title and subtitle: the finding of the page over the description of what is shown."""
    finding = comparison.spec.finding
    return (finding, description) if finding else (description, "")


def level_findings(
    context: FigureContext, comparison: ResolvedComparison, code: str, level: Value, change: Value
) -> tuple[str, ...]:
    """The level that the note reads, with what it gained, then alone; none under the finding of
    the page, nor of what is doubtful."""
    if comparison.spec.finding or not is_stated_level(level):
        return ()
    gains = [change, None] if is_stated(change) and change.compared_to else [None]
    return tuple(
        as_title(
            captions.reading(
                context,
                level,
                code,
                period=comparison.reference_period,
                change=gain,
                is_dated=gain is not None,
            )
        )
        for gain in gains
    )


def file_key(comparison: ResolvedComparison, layout: str) -> str:
    """The name of the files of a figure. layout: its French name."""
    dates = "_".join(date for date in (comparison.compared_to, comparison.reference_period) if date)
    label = french.slug(comparison.indicator.label)
    return "_".join(part for part in (comparison.key, dates, label, layout) if part)


def absence_note(
    context: FigureContext,
    comparison: ResolvedComparison,
    codes: Sequence[str],
    values: Mapping[str, Iterable[Value]],
) -> str:
    """Which territories lack a value at which date, and why.

    values: by reference period (an empty one is no date), those of each code.
    """
    sentences = []
    for reference_period, dated in values.items():
        if not reference_period:
            continue
        known = dict(zip(codes, dated, strict=True))
        for say, status in ((absence_sentence, "missing"), (secrecy_sentence, "secret")):
            absent = [code for code, value in known.items() if value.status == status]
            if absent:
                names, date = listed_names(context, absent), comparison.date(reference_period)
                sentences.append(say(names, len(absent), date))
    return " ".join(sentences)


def silence_note(
    context: FigureContext,
    comparison: ResolvedComparison,
    known: Collection[str],
    *,
    by_corridor: bool = False,
) -> str:
    """Which territories have no value at all, and which have none but secret ones.

    known: codes of those that have one.
    """
    rows = context.dataset.select(indicator=comparison.indicator_key, with_uncertain=True)
    rows = rows[rows["secret"] & ((rows["corridor"] != "") == by_corridor)]
    absent = [code for code in comparison.codes if code not in known]
    secret = [code for code in absent if code in set(rows["territory"])]
    missing = [code for code in absent if code not in secret]
    scope = " par couloir" if by_corridor else ""
    return join_notes(
        *(
            f"{reason}{scope} : {listed_names(context, codes)}."
            for reason, codes in (("Non publié", missing), ("Secret statistique", secret))
            if codes
        )
    )


def listed_names(context: FigureContext, codes: Sequence[str]) -> str:
    """Names of territories, the first of them when they are many."""
    ordered = context.territories.sorted_by_name(codes)
    if len(ordered) <= MAX_LISTED_NAMES + 1:
        return captions.enumerate_names(context, ordered)
    names = ", ".join(context.territories[code].name for code in ordered[:MAX_LISTED_NAMES])
    return f"{names} et {len(ordered) - MAX_LISTED_NAMES} autres"


def computed_note(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame
) -> str:
    """What the mark stands for: levels that were computed, changes that no source prints.

    rows: columns of `level_rows`.
    """
    levels = {
        (code, level.derivation): level
        for column in ("level", "base")
        for code, level in zip(rows["code"], rows[column], strict=True)
        if level.is_computed
    }
    note = captions.computed_note(context, [code for code, _ in levels], levels.values())
    changes = change_note(comparison, rows["level_change"])
    return join_notes(note, changes.removeprefix(f"{french.DERIVED_MARK} ") if note else changes)


def change_note(comparison: ResolvedComparison, changes: Iterable[Value]) -> str:
    """How changes were computed, when some were."""
    if not any(
        change.is_computed and change.derivation in (DIFFERENCE, RATIO) for change in changes
    ):
        return ""
    how = derivation_of_change(comparison.indicator)
    return f"{french.DERIVED_MARK} Évolution calculée : {how}."


def axis_note(domain: tuple[float, float]) -> str:
    """A scale that does not start from zero says so."""
    return NOT_FROM_ZERO if domain[0] > 0 else ""


def champ(context: FigureContext, comparison: ResolvedComparison, codes: Collection[str]) -> str:
    """On whom, and where when the territories are few."""
    listed = codes if len(codes) <= MAX_LISTED_NAMES else ()
    text = captions.champ_text(context, comparison.indicator, listed)
    count = count_text(context, codes)
    return f"{text} ; {count}." if count else f"{text}."


def count_text(context: FigureContext, codes: Collection[str]) -> str:
    """« 3 régions sur 18 »: how many of a kind are compared, when it is not all of them."""
    return compared_count_text(context, codes)


def lecture(context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame) -> str:
    """How to read one territory, one with a change when there is one.

    rows: columns of `level_rows`.
    """
    row = read_row(rows)
    change = row["level_change"]
    return level_lecture(
        context, comparison, row["code"], row["level"], change if change.is_known else None
    )


def read_row(rows: pd.DataFrame) -> pd.Series:
    """The row that is read: the highest that has a change, else the highest."""
    changed = rows[rows["change"].notna()]
    return (changed if len(changed) else rows).iloc[0]


def level_lecture(
    context: FigureContext,
    comparison: ResolvedComparison,
    code: str,
    level: Value,
    change: Value | None = None,
) -> str:
    """How to read the level of one territory."""
    return captions.reading(
        context,
        level,
        code,
        period=comparison.reference_period,
        change=change,
    )


def join_notes(*notes: str) -> str:
    """The notes that say something, one after the other."""
    return " ".join(note for note in notes if note)
