"""Territory × period: what is known of each, région by région."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atlas import periods
from atlas.indicators.coverage import missing
from atlas.views import captions
from atlas.views.coverage import CoverageChoice, coverage_codes, coverage_held, origin_of
from atlas.views.desk import Desk

# Periods of a grid: beyond, that of a monthly series would not be readable.
COLUMNS = 14


@dataclass(frozen=True)
class Cell:
    """state: of atlas.indicators.coverage, empty when nothing is known; text: in full."""

    state: str
    text: str


@dataclass(frozen=True)
class Group:
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
    groups: tuple[Group, ...]


def coverage_grid(desk: Desk, choice: CoverageChoice) -> Grid:
    """The latest periods, or those up to the one chosen when it is older."""
    rows = coverage_held(desk, choice)
    known = sorted(rows["when"].unique(), key=periods.end_month)
    last = known.index(choice.when) + 1 if choice.when in known[:-COLUMNS] else len(known)
    shown = known[max(0, last - COLUMNS) : last]
    found = {(row.territory, row.when): row for row in rows.itertuples(index=False)}
    return Grid(
        tuple(periods.short(when) for when in shown),
        shown.index(choice.when) if choice.when in shown else None,
        len(known) - len(shown),
        tuple(
            Group(
                _title(desk, region, codes, len(missing(rows, codes, choice.when))),
                tuple(
                    (
                        desk.territories[code].name,
                        tuple(_cell(desk, found.get((code, when)), code, when) for when in shown),
                    )
                    for code in codes
                ),
            )
            for region, codes in by_region(desk, coverage_codes(desk, choice.level))
        ),
    )


def by_region(desk: Desk, codes: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Départements or caisses by région, in the order of an index; régions and France as one."""
    regions = {code: desk.territories.region_of(code) for code in codes}
    if all(code == region for code, region in regions.items()):
        yield "", desk.territories.sorted_by_name(codes)
        return
    for region in desk.territories.sorted_by_name(set(regions.values())):
        yield region, [code for code in codes if regions[code] == region]


def _title(desk: Desk, region: str, codes: list[str], lacking: int) -> str:
    """« Nouvelle-Aquitaine : 12 sur 12 »; nothing above the only group."""
    return (
        f"{desk.territories[region].name} : {len(codes) - lacking} sur {len(codes)}"
        if region
        else ""
    )


def _cell(desk: Desk, row: Any, code: str, when: str) -> Cell:
    """row: the one shown of this territory and period, None when there is none."""
    state = row.state if row else ""
    said = f"{desk.territories[code].name}, {periods.label(when)} : "
    said += origin_of(desk, state, row.derived if row else "")
    if row:
        said += f". {captions.source_text(desk.book.sources[row.source], row.page)}"
    return Cell(state, said)
