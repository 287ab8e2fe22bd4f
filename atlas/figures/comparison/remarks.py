"""What config.yaml adds to the figures of a comparison: remarks on territories, and targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Numbers, Series
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators import best
from atlas.settings import Indicator, Target


@dataclass(frozen=True)
class Remark:
    """mark: « (1) », beside the name of the territory; when: its date, empty for all dates."""

    mark: str
    code: str
    reference_period: str
    text: str


@dataclass(frozen=True)
class Aim:
    """A level to reach. label: on its line; source, page: where it was published."""

    label: str
    name: str
    value: float
    qualifier: str
    period: str
    source: str
    page: str


def remarks_of(
    asked: ResolvedComparison, codes: Collection[str], whens: Collection[str] | None = None
) -> list[Remark]:
    """The remarks on what a figure shows, numbered. whens: its dates; None when it shows all."""
    found: list[Remark] = []
    for annotation in asked.page.annotations:
        reference_period = (
            periods.reference_period(annotation.period, asked.kind.accumulation)
            if annotation.period
            else ""
        )
        if annotation.territory in codes and (
            not reference_period or whens is None or reference_period in whens
        ):
            found.append(
                Remark(
                    f"({len(found) + 1})", annotation.territory, reference_period, annotation.text
                )
            )
    return found


def marked_names(
    context: FigureContext, codes: Sequence[str], remarks: Sequence[Remark]
) -> list[str]:
    """The names of territories, followed by the marks of the remarks on them."""
    return [
        " ".join([name, *(r.mark for r in remarks if r.code == code)])
        for name, code in zip(names_of(context, codes), codes, strict=True)
    ]


def remarks_note(
    context: FigureContext,
    asked: ResolvedComparison,
    remarks: Sequence[Remark],
    *,
    marks: bool = True,
) -> str:
    """« (1) La Réunion, décembre 2025 : … »; without its mark where the figure has none."""
    said = []
    for remark in remarks:
        date = (
            f", {periods.label(remark.reference_period, asked.kind.accumulation)}"
            if remark.reference_period
            else ""
        )
        text = remark.text if remark.text.endswith((".", "!", "?")) else f"{remark.text}."
        mark = f"{remark.mark} " if marks else ""
        said.append(f"{mark}{context.territories[remark.code].name}{date} : {text}")
    return " ".join(said)


def aims_of(context: FigureContext, asked: ResolvedComparison, codes: Collection[str]) -> list[Aim]:
    """The targets that a figure of these territories can show: a count is that of its territory,
    a rate can be held against any."""
    return [
        aim
        for target in asked.page.targets
        if asked.kind.in_percent or target.territory in codes
        for aim in _aims(context, target, asked.kind, alone=list(codes) == [target.territory])
    ]


def _aims(context: FigureContext, target: Target, shown: Indicator, *, alone: bool) -> list[Aim]:
    """One aim for a value of config.yaml, one per period for those of the data."""
    place = "" if alone else f" {context.territories[target.territory].name}"
    if target.value is not None:
        label = f"{target.label}{place} : {french.format_value(target.value, shown)}"
        return [Aim(label, f"{target.label}{place}", target.value, "", "", target.source or "", "")]
    kind = context.settings.indicators[target.indicator]
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == target.indicator)
        & (rows["corridor"] == "")
        & (rows["territory"] == target.territory)
        & ~rows["uncertain"]
    ]
    found = []
    for row in best(rows, context.settings.source_order).to_dict("records"):
        date = periods.label(row["period"], kind.accumulation)
        name = f"{target.label or 'Objectif'}{place}{',' if place else ''} {date}"
        found.append(
            Aim(
                f"{name} : {french.format_value(row['value'], kind, row['qualifier'])}",
                name,
                row["value"],
                row["qualifier"],
                row["period"],
                row["source"],
                row["page"],
            )
        )
    return found


def drawn_aims(aims: Sequence[Aim]) -> pd.DataFrame | None:
    """As charts take them; None when there is none."""
    if not aims:
        return None
    return pd.DataFrame(
        {"label": [aim.label for aim in aims], "value": [aim.value for aim in aims]}
    )


def with_aims(
    context: FigureContext,
    asked: ResolvedComparison,
    figure: Figure,
    aims: Sequence[Aim],
    column: str = "",
) -> Figure:
    """The figure whose table, alternative text and sources say the targets that it draws.

    column: of its values, when it is not the name of the indicator.
    """
    figure = replace(
        figure, note=" ".join(note for note in (figure.note, _absent_note(context, asked)) if note)
    )
    if not aims:
        return figure
    column = column or asked.kind.label
    rows = pd.DataFrame(
        [
            {
                "Territoire": aim.name,
                column: french.format_value(aim.value, asked.kind, aim.qualifier),
                "Période": periods.label(aim.period, asked.kind.accumulation) if aim.period else "",
                "Source": (
                    source := captions.source_text(context.dataset.sources[aim.source], aim.page)
                ),
                "Origine": source,
            }
            for aim in aims
        ]
    )
    table = pd.concat([figure.table, rows], ignore_index=True)[list(figure.table)].fillna("")
    texts = dict.fromkeys(
        captions.source_text(context.dataset.sources[aim.source], aim.page) for aim in aims
    )
    source = f"{figure.source.removesuffix('.')} ; objectif : {' ; '.join(texts)}."
    keys = dict.fromkeys([*figure.sources, *(aim.source for aim in aims)])
    return replace(
        figure,
        table=table,
        source=source,
        sources=tuple(keys),
        plot=_aimed(context, asked.kind, figure.plot, aims),
        alt=f"{figure.alt} {'. '.join(aim.label for aim in aims)}.",
        numbers=_numbers(asked.kind, figure.numbers, aims, column),
    )


def _aimed(
    context: FigureContext, kind: Indicator, plot: NativeChart | None, aims: Sequence[Aim]
) -> NativeChart | None:
    """The lines of a slide with a level one for each target."""
    if plot is None or plot.kind != "curve":
        return plot
    many = len(plot.categories)
    level = tuple(
        Series(
            aim.label,
            (aim.value,) * many,
            context.style.muted,
            ("",) * (many - 1) + (french.format_value(aim.value, kind, aim.qualifier),),
        )
        for aim in aims
    )
    return replace(plot, series=plot.series + level)


def _absent_note(context: FigureContext, asked: ResolvedComparison) -> str:
    """Targets that config.yaml reads in the data, where they are not."""
    rows = context.dataset.observations
    gone = [
        context.settings.indicators[target.indicator].label
        for target in asked.page.targets
        if target.value is None
        and not context.dataset.fictitious
        and not (
            (rows["indicator"] == target.indicator) & (rows["territory"] == target.territory)
        ).any()
    ]
    return f"Absent des données : {french.join_with_et(gone)}." if gone else ""


def _numbers(
    kind: Indicator, numbers: Mapping[str, Numbers], aims: Sequence[Aim], column: str
) -> dict[str, Numbers]:
    nothing = Numbers((float("nan"),) * len(aims), ("General",) * len(aims))
    ours = {
        column: Numbers(
            tuple(aim.value for aim in aims),
            tuple(french.cell_format(aim.value, kind, aim.qualifier) for aim in aims),
        )
    }
    return {
        name: Numbers(
            known.values + (new := ours.get(name, nothing)).values, known.formats + new.formats
        )
        for name, known in numbers.items()
    }
