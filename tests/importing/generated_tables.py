"""Tables of invented figures in the layouts that agencies use, with the hazards of real files.

``generate(seed, kind, known_keys)`` always makes the same file: its bytes, the figures that it
states, and where each of them stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from generated_figures import draw_subject
from generated_hazards import add_hazards
from proposed_figures import Figure
from sheet_tabs import Tab
from spreadsheet_files import WORKBOOK_KINDS, csv_file, workbook_file
from table_layouts import (
    LAYOUTS,
    LAYOUTS_OF_SHEETS,
    LAYOUTS_WITHOUT_TERRITORIES_IN_ROWS,
    TableMaker,
)

from atlas.observations.checks import KnownKeys

KINDS = ("csv", *WORKBOOK_KINDS)
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
_SEPARATORS = (";", ";", "\t", "|", ",")


@dataclass(frozen=True)
class GeneratedTable:
    """A file, and what it states.

    ``figures``: those that it states, each with its cell (« B4 »); ``allowed``: others that a
    reader may take from it; ``plain``: without a hazard, so that it has to come back whole.
    """

    seed: int
    kind: str
    content: bytes
    description: str
    figures: dict[Figure, str]
    allowed: frozenset[Figure]
    plain: bool


def generate(seed: int, kind: str, known_keys: KnownKeys) -> GeneratedTable:
    """The table of a seed as one kind of file (KINDS)."""
    rng = Random(f"{seed} {kind}")
    maker = TableMaker(rng, draw_subject(rng, known_keys), known_keys, workbook=kind != "csv")
    layouts = [layout for layout in LAYOUTS if kind != "csv" or layout not in LAYOUTS_OF_SHEETS]
    layout = rng.choice(layouts)
    drafts = LAYOUTS[layout](maker)
    for draft in drafts:
        draft.for_workbook = kind != "csv"
        if layout not in LAYOUTS_WITHOUT_TERRITORIES_IN_ROWS:
            draft.territory_columns = len(maker.territory_titles())
    hazards = (
        add_hazards(rng, drafts, known_keys, workbook=kind != "csv") if rng.random() < 0.7 else []
    )
    tabs = [draft.tab() for draft in drafts]
    if kind == "csv":
        content, form = _as_csv(rng, tabs[0])
    else:
        content, form = workbook_file(tabs, kind), kind
    return GeneratedTable(
        seed,
        kind,
        content,
        f"{layout}; {form}; {', '.join(hazards) or 'nothing else'}",
        {stated: cell for draft in drafts for stated, cell in draft.figures().items()},
        frozenset().union(*(draft.allowed for draft in drafts)),
        not hazards,
    )


def _as_csv(rng: Random, tab: Tab) -> tuple[bytes, str]:
    separator = rng.choice(_SEPARATORS)
    encoding = rng.choice(_ENCODINGS)
    text = csv_file(tab.rows, separator).decode()
    if encoding == "cp1252" and "\u202f" in text:
        encoding = "utf-8"
    if rng.random() < 0.5:
        text = text.replace("\r\n", "\n")
    return text.encode(encoding), f"csv {encoding} {separator!r}"
