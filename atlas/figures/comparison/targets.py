"""Levels to reach, of config.yaml and of the data, on the figures of a comparison."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.comparison import texts
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators.choice import best
from atlas.indicators.row_values import level_values
from atlas.settings import Indicator, Target
from atlas.values import Cell, Value


@dataclass(frozen=True)
class TargetLevel:
    """A level to reach. name: what heads its row; source, page: where it was published."""

    name: str
    level: Value
    source: str
    page: str

    @property
    def label(self) -> str:
        """What stands on its line: « Objectif fin 2027 : 40 millions »."""
        return f"{self.name} : {french.value_text(self.level)}"


def targets_of(
    context: FigureContext, comparison: ResolvedComparison, codes: Collection[str]
) -> list[TargetLevel]:
    """The targets that a figure of these territories can show: a count is that of its territory,
    a rate can be held against any."""
    return [
        level
        for target in comparison.spec.targets
        if comparison.indicator.in_percent or target.territory in codes
        for level in _target_levels(
            context, target, comparison.indicator, alone=list(codes) == [target.territory]
        )
    ]


def _target_levels(
    context: FigureContext, target: Target, compared: Indicator, *, alone: bool
) -> list[TargetLevel]:
    """One level for a value of config.yaml, one per period for those of the data.

    alone: the territory of the target is the only one shown, and needs no name.
    """
    place = "" if alone else f" {context.territories[target.territory].name}"
    if target.value is not None:
        level = Value(target.value, indicator=compared, noun=compared.unit)
        return [TargetLevel(f"{target.label}{place}", level, target.source or "", "")]
    indicator = context.settings.indicators[target.indicator]
    rows = context.dataset.select(
        indicator=target.indicator, territories=[target.territory], corridor=""
    )
    rows = best(rows, context.settings.source_order)
    return [
        TargetLevel(
            f"{target.label or 'Objectif'}{place}{',' if place else ''} "
            f"{periods.label(level.period, indicator.accumulation)}",
            level,
            source,
            page,
        )
        for level, source, page in zip(
            level_values(rows, indicator), rows["source"], rows["page"], strict=True
        )
    ]


def target_frame(targets: Sequence[TargetLevel]) -> pd.DataFrame | None:
    """Columns label and value, in the unit of the indicator; None when there is no target."""
    if not targets:
        return None
    return pd.DataFrame(
        {
            "label": [target.label for target in targets],
            "value": [target.level.number for target in targets],
        }
    )


def with_targets(
    context: FigureContext,
    comparison: ResolvedComparison,
    figure: Figure,
    targets: Sequence[TargetLevel],
) -> Figure:
    """The figure whose table, alternative text and sources say the targets that it draws.

    Its table has their names under ``territory``, their levels under ``level`` and, where it has
    those columns, ``period``, ``source`` and ``origin``.
    """
    figure = replace(
        figure, note=texts.join_notes(figure.note, _absent_targets_note(context, comparison))
    )
    if not targets:
        return figure
    documents = [
        captions.source_text(context.dataset.sources[target.source], target.page)
        for target in targets
    ]
    rows: list[dict[str, Cell]] = [
        {
            "territory": target.name,
            "level": target.level,
            "period": comparison.date(target.level.period) if target.level.period else "",
            "source": document,
            "origin": document,
        }
        for target, document in zip(targets, documents, strict=True)
    ]
    source = (
        f"{figure.source.removesuffix('.')} ; objectif : {' ; '.join(dict.fromkeys(documents))}."
    )
    return replace(
        figure,
        table=figure.table.with_rows(rows),
        source=source,
        sources=tuple(dict.fromkeys([*figure.sources, *(target.source for target in targets)])),
        native=_native_with_targets(context, figure.native, targets),
        alt=f"{figure.alt} {'. '.join(target.label for target in targets)}.",
    )


def _native_with_targets(
    context: FigureContext, native: NativeChart | None, targets: Sequence[TargetLevel]
) -> NativeChart | None:
    """The lines of a slide with a level one for each target; bars as they are."""
    if native is None or not native.has_lines:
        return native
    count = len(native.categories)
    lines = tuple(
        Series(
            target.label,
            (target.level,) * count,
            context.style.muted,
            ("",) * (count - 1) + (french.value_text(target.level),),
            is_target=True,
        )
        for target in targets
    )
    return replace(native, series=native.series + lines)


def _absent_targets_note(context: FigureContext, comparison: ResolvedComparison) -> str:
    """Targets that config.yaml reads in the data, where they are not."""
    if context.dataset.fictitious:
        return ""
    absent = [
        context.settings.indicators[target.indicator].label
        for target in comparison.spec.targets
        if target.value is None
        and context.dataset.select(
            indicator=target.indicator, territories=[target.territory], with_uncertain=True
        ).empty
    ]
    return f"Absent des données : {french.join_with_et(absent)}." if absent else ""
