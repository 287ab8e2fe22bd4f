"""Remarks of config.yaml on territories, numbered beside their names and written in the note."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison


@dataclass(frozen=True)
class Remark:
    """mark: « (1) », beside the name of the territory; reference_period: empty for all dates."""

    mark: str
    code: str
    reference_period: str
    text: str


def remarks_of(
    comparison: ResolvedComparison,
    codes: Collection[str],
    reference_periods: Collection[str] | None = None,
) -> list[Remark]:
    """The remarks on what a figure shows, numbered. reference_periods: its dates; None when it
    shows all."""
    found: list[Remark] = []
    for annotation in comparison.spec.annotations:
        date = ""
        if annotation.period:
            date = periods.reference_period(annotation.period, comparison.indicator.accumulation)
        if annotation.territory in codes and (
            not date or reference_periods is None or date in reference_periods
        ):
            found.append(Remark(f"({len(found) + 1})", annotation.territory, date, annotation.text))
    return found


def marked_names(
    context: FigureContext,
    codes: Sequence[str],
    remarks: Sequence[Remark],
    nation_name: str = "",
) -> list[str]:
    """The names of territories, followed by the marks of the remarks on them. nation_name: of
    FR, when its value has another date."""
    return [
        " ".join([name, *(remark.mark for remark in remarks if remark.code == code)])
        for name, code in zip(names_of(context, codes, nation_name), codes, strict=True)
    ]


def remarks_note(
    context: FigureContext,
    comparison: ResolvedComparison,
    remarks: Sequence[Remark],
    *,
    with_marks: bool = True,
) -> str:
    """« (1) La Réunion, décembre 2025 : … »; without its mark where the figure has none."""
    sentences = []
    for remark in remarks:
        date = ""
        if remark.reference_period:
            date = f", {comparison.date(remark.reference_period)}"
        text = remark.text if remark.text.endswith((".", "!", "?")) else f"{remark.text}."
        mark = f"{remark.mark} " if with_marks else ""
        sentences.append(f"{mark}{context.territories[remark.code].name}{date} : {text}")
    return " ".join(sentences)


def remarks_elsewhere(remarks: Sequence[Remark]) -> str:
    """« (1), (2) : voir les notes. »: where there is no room for the remarks; empty without any."""
    marks = ", ".join(remark.mark for remark in remarks)
    return f"{marks} : voir les notes." if marks else ""
