"""Which rows of a sheet are those of one table: from the first under its header to its last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from atlas.importing.dates import read_period
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import Header, header_text, is_figure
from atlas.importing.sheet import Cell, Sheet
from atlas.importing.text_matching import find_corridor, normalise
from atlas.settings import Settings
from atlas.settings.import_profiles import ProfileColumn

# Between rows of one table: « Outre-mer », « dont : », the number of a page.
_NEUTRAL_TEXT_PATTERN = re.compile(r"(dont|suite|page( \d+)?|\d+ sur \d+|departements?|regions?)")
_LABEL_ROLES = ("territory", "region", "corridor", "indicator", "period")
_FIGURE_ROLES = ("value", "change")


@dataclass(frozen=True)
class BodyRow:
    """A row of the table. ``index``: its place in the cells of the sheet. ``section``: the code of
    the région that a row of text above announces (« Bretagne »), empty for none."""

    index: int
    section: str = ""


@dataclass
class TableBody:
    """The rows of a table, and what stands in its sheet beside them.

    ``hidden``: indexes of rows that the spreadsheet hides, which are not read. ``end``: index of
    the row of text after which another table begins, None when none does; ``last``: of the last
    filled row of the sheet. ``notes``: texts under the table, each with the index of its row.
    """

    rows: list[BodyRow] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    end: int | None = None
    last: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)


def find_body(
    sheet: Sheet,
    header: Header,
    columns: dict[int, ProfileColumn],
    gazetteer: Gazetteer,
    settings: Settings,
) -> TableBody:
    """The rows of the table under a header, up to what announces another one.

    ``columns``: what each column holds, by its place. A text between two rows belongs to the table
    when it names a région or a group of territories; any other ends it (« Tableau 2 : 60 ans et
    plus »), so that no figure is read under the title of another.
    """
    reader = _BodyReader(sheet, header, columns, gazetteer, settings)
    body = TableBody(last=header.rows[-1])
    pending: list[int] = []
    section = ""
    for index in range(header.rows[-1] + 1, len(sheet.cells)):
        cells = sheet.cells[index]
        if all(cell.is_empty for cell in cells):
            continue
        body.last = index
        if body.end is not None or reader.repeats_header(cells):
            continue
        if index in sheet.hidden_rows:
            body.hidden.append(index)
        elif not reader.is_row(index):
            pending.append(index)
        else:
            sections = [reader.section(sheet.cells[text]) for text in pending]
            if None in sections:
                body.end = pending[sections.index(None)]
                pending = []
                continue
            section = next((code for code in reversed(sections) if code is not None), section)
            pending = []
            body.rows.append(BodyRow(index, section or ""))
    body.notes = [(index, reader.text(sheet.cells[index])) for index in pending]
    if body.end is not None:
        body.notes = []
    return body


@dataclass(frozen=True)
class _BodyReader:
    sheet: Sheet
    header: Header
    columns: dict[int, ProfileColumn]
    gazetteer: Gazetteer
    settings: Settings

    def repeats_header(self, cells: list[Cell]) -> bool:
        """Whether a row is the header again, at the top of a printed page."""
        last = self.sheet.cells[self.header.rows[-1]]
        return [normalise(c.text) for c in cells] == [normalise(c.text) for c in last]

    def is_row(self, index: int) -> bool:
        """Whether a row has figures, or names a territory or a corridor that has none."""
        cells = self.sheet.cells[index]
        texts = {normalise(cell.text) for cell in cells if not cell.is_empty}
        figures = [cells[i] for i in self._places(*_FIGURE_ROLES) if not cells[i].is_empty]
        labels = [cells[i] for i in self._places(*_LABEL_ROLES) if not cells[i].is_empty]
        if len(texts) == 1 and any(cell.merged for cell in cells):
            return False  # a note over several cells
        if any(is_figure(cell) for cell in figures):
            return True
        if figures and not all(read_period(cell.text) for cell in figures):
            return len(texts) > 1 and bool(labels) and self._has_label(labels)
        if figures:  # « 2024 ; 2025 »: figures like years, or the header of another table
            return self._has_label(labels)
        return self._has_label(labels) and self._section_code(labels, index) is None

    def section(self, cells: list[Cell]) -> str | None:
        """The région that a row of text announces, empty for a group; None for another text."""
        places = self._places("territory") or range(len(cells))
        texts = list(dict.fromkeys(cells[i].text for i in places if not cells[i].is_empty))
        if len(texts) != 1:
            return None
        if self.gazetteer.place_outside(texts[0]) or self._is_group(texts[0]):
            return ""
        if not self._places("territory"):
            return None
        codes = self.gazetteer.find(texts[0], "REG").codes
        return next(iter(codes)) if len(codes) == 1 else None

    def text(self, cells: list[Cell]) -> str:
        """The texts of a row, as one; a mark in superscript is written « (1) »."""
        return " ".join(
            dict.fromkeys(
                " ".join([*(f"({mark})" for mark in cell.notes), header_text(cell)])
                for cell in cells
                if not cell.is_empty
            )
        )

    def _is_group(self, text: str) -> bool:
        words = normalise(text)
        return bool(_NEUTRAL_TEXT_PATTERN.fullmatch(words)) or words.startswith("departements d ")

    def _has_label(self, labels: list[Cell]) -> bool:
        return any(
            self.gazetteer.find(cell.text).codes or find_corridor(cell.text, self.settings)
            for cell in labels
        )

    def _section_code(self, labels: list[Cell], index: int) -> str | None:
        """The région that a row without figures names, where rows are of finer territories."""
        texts = {cell.text for cell in labels}
        if len(texts) != 1:
            return None
        text = texts.pop()
        finer = self.gazetteer.find(text, "DEP").codes or self.gazetteer.find(text, "CPAM").codes
        codes = self.gazetteer.find(text, "REG").codes
        code = next(iter(codes)) if len(codes) == 1 else None
        if code and finer:  # « La Réunion » above « La Réunion » is the région
            return code if self._next_label_is_in(index, code) else None
        return code

    def _next_label_is_in(self, index: int, region: str) -> bool:
        label = self._next_labels[index + 1]
        codes = self.gazetteer.find(label, "DEP").codes if label else frozenset[str]()
        return bool(codes) and all(
            self.gazetteer.territories.is_within(code, region) for code in codes
        )

    @cached_property
    def _next_labels(self) -> list[str]:
        """For each row, the first label of a territory from there on; empty without one, as after
        the last row."""
        places = self._places("territory")
        labels = [""]
        for cells in reversed(self.sheet.cells):
            own = next((cells[i].text for i in places if not cells[i].is_empty), labels[-1])
            labels.append(own)
        return labels[::-1]

    def _places(self, *roles: str) -> list[int]:
        return [index for index, spec in self.columns.items() if spec.holds in roles]
