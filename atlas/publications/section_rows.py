"""Which sections of a publication stand side by side where there is room for two."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.publications.publication import Section


def section_rows(sections: Sequence[Section]) -> list[list[tuple[int, Section]]]:
    """The places of sections and these, one or two a row: two figures that follow each other."""
    rows: list[list[tuple[int, Section]]] = []
    for place, section in enumerate(sections):
        before = rows[-1] if rows else []
        if _fits_half(section) and len(before) == 1 and _fits_half(before[0][1]):
            before.append((place, section))
        else:
            rows.append([(place, section)])
    return rows


def _fits_half(section: Section) -> bool:
    """A figure without a heading above it; a table of bars needs the width."""
    figure = section.figure
    return figure is not None and not section.title and not section.text and not figure.as_table
