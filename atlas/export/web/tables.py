"""Tables of values as HTML, and the button that makes a CSV file of one."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from html import escape

import pandas as pd

from atlas.export.web.words import text
from atlas.figures.common.figure import Numbers

# Columns that rank or number the rows: the name that follows is the head of its row.
COUNTERS = ("Rang", "Numéro")
RANK = ' class="rang"'
_NUMBER = re.compile(r"(environ |plus de |près de |moins de )?[+−]?\d")
# A cell longer than this is words, even when a number opens it; longer still, a sentence.
LONGEST_NUMBER, LONGEST_NAME = 26, 45


def table(frame: pd.DataFrame, caption: str, numbers: Mapping[str, Numbers] | None = None) -> str:
    """A table of texts in a box where it scrolls.

    numbers: those behind its columns, which the CSV file holds beside their texts.
    """
    known = {name: _written(column) for name, column in (numbers or {}).items()}
    kinds = [_kind(name, frame[name]) for name in frame.columns]
    heads = "".join(
        f'<th scope="col"{kind}>{text(name)}</th>'
        for name, kind in zip(frame.columns, kinds, strict=True)
    )
    rows = []
    for place, cells in enumerate(frame.astype(str).itertuples(index=False, name=None)):
        behind = [known[name][place] if name in known else "" for name in frame.columns]
        rows.append(_row(cells, behind, kinds))
    return (
        f'<div class="defile" role="region" tabindex="0" aria-label="{text(caption)}">'
        f"<table><caption>{text(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def download(stem: str, fictitious: bool) -> str:
    """The button of the table before it; the script, which makes the file, shows it.

    stem: name of the file; fictitious: the file says so on every row.
    """
    nature = ' data-nature="Données fictives"' if fictitious else ""
    return (
        f'<button type="button" hidden data-fichier="{escape(stem)}.csv"{nature}>'
        "Télécharger les valeurs (CSV)</button>"
    )


def _row(cells: tuple[str, ...], behind: list[str], kinds: list[str]) -> str:
    head = int(kinds[0] == RANK and len(cells) > 1)
    found = []
    for place, (cell, number, kind) in enumerate(zip(cells, behind, kinds, strict=True)):
        tag, scope = ("th", ' scope="row"') if place == head else ("td", "")
        value = f' data-nombre="{number}"' if number else ""
        found.append(f"<{tag}{scope}{value}{kind}>{text(cell)}</{tag}>")
    return f"<tr>{''.join(found)}</tr>"


def _kind(name: str, cells: pd.Series) -> str:
    """The class of a column: numbers at the right, ranks narrow, sentences wide."""
    if name in COUNTERS:
        return RANK
    said = [cell for cell in cells.astype(str) if cell]
    longest = max(map(len, said), default=0)
    if longest <= LONGEST_NUMBER and any(map(_NUMBER.match, said)):
        return ' class="nombre"'
    return ' class="phrase"' if longest > LONGEST_NAME else ""


def _written(column: Numbers) -> list[str]:
    """Numbers as a French spreadsheet reads them, empty where there is none."""
    return [
        "" if math.isnan(value) else f"{value:.15g}".replace(".", ",") for value in column.values
    ]
