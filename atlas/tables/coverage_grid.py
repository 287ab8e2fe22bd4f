"""Territory × period: what is known of each, région by région."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atlas import periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.coverage import missing
from atlas.tables.coverage import CoverageChoice, coverage_codes, coverage_held, origin_of

# Periods of a grid: beyond, that of a monthly series would not be readable.
MAX_PERIODS = 14


@dataclass(frozen=True)
class Cell:
    """state: of atlas.indicators.coverage, empty when nothing is known; text: in full."""

    state: str
    text: str


@dataclass(frozen=True)
class PeriodGroup:
    """Territories of one région (or all, without title): name and cells, one for each period."""

    title: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Grid:
    """labels: of the periods, oldest first; chosen: the place among them of the one chosen, None
    when it is not shown; hidden: how many periods are not."""

    labels: tuple[str, ...]
    chosen: int | None
    hidden: int
    groups: tuple[PeriodGroup, ...]


def coverage_grid(context: FigureContext, choice: CoverageChoice) -> Grid:
    """The latest periods, or those up to the one chosen when it is older."""
    rows = coverage_held(context, choice)
    known = sorted(rows["reference_period"].unique(), key=periods.end_month)
    last = (
        known.index(choice.reference_period) + 1
        if choice.reference_period in known[:-MAX_PERIODS]
        else len(known)
    )
    shown = known[max(0, last - MAX_PERIODS) : last]
    found = {(row.territory, row.reference_period): row for row in rows.itertuples(index=False)}
    return Grid(
        tuple(periods.short_label(reference_period) for reference_period in shown),
        shown.index(choice.reference_period) if choice.reference_period in shown else None,
        len(known) - len(shown),
        tuple(
            PeriodGroup(
                _title(context, region, codes, len(missing(rows, codes, choice.reference_period))),
                tuple(
                    (
                        context.territories[code].name,
                        tuple(
                            _cell(
                                context, found.get((code, reference_period)), code, reference_period
                            )
                            for reference_period in shown
                        ),
                    )
                    for code in codes
                ),
            )
            for region, codes in by_region(context, coverage_codes(context, choice.level))
        ),
    )


def by_region(context: FigureContext, codes: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Départements or caisses by région, in the order of an index; régions and France as one."""
    regions = {code: context.territories.region_of(code) for code in codes}
    if all(code == region for code, region in regions.items()):
        yield "", context.territories.sorted_by_name(codes)
        return
    for region in context.territories.sorted_by_name(set(regions.values())):
        yield region, [code for code in codes if regions[code] == region]


def _title(context: FigureContext, region: str, codes: list[str], lacking: int) -> str:
    """« Nouvelle-Aquitaine : 12 sur 12 »; nothing above the only group."""
    return (
        f"{context.territories[region].name} : {len(codes) - lacking} sur {len(codes)}"
        if region
        else ""
    )


def _cell(context: FigureContext, row: Any, code: str, reference_period: str) -> Cell:
    """row: the one shown of this territory and period, None when there is none."""
    state = row.state if row else ""
    said = f"{context.territories[code].name}, {periods.label(reference_period)} : "
    said += origin_of(context, state, row.derived if row else "")
    if row:
        said += f". {captions.source_text(context.dataset.sources[row.source], row.page)}"
    return Cell(state, said)
