"""Are the values that an image carries still what the data say?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from atlas.export.provenance import WORDED_DIGEST_VERSION, Provenance, UnknownImage
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.registry import figure_of, request_from_texts
from atlas.french import table_texts

ValueState = Literal["current", "changed", "gone"]
_DECIMAL_ZEROS = re.compile(r",0+(?!\d)|(?<=,\d)0+(?!\d)")
# Drawings that are nothing without outlines.
MAPS = ("carte", "deux-dates", "evolution")


@dataclass(frozen=True, eq=False)
class ValueComparison:
    """figure: as the data make it today, None when they do not; differences: what is not the same
    any more (columns Ligne, Colonne, Sur l’image, Aujourd’hui); reason: why the figure is gone."""

    state: ValueState
    figure: Figure | None
    differences: pd.DataFrame
    reason: str = ""


def compare_values(context: FigureContext, known: Provenance) -> ValueComparison:
    """Make the figure again and compare its values with those that the file carries. What the
    image shows is another matter: `atlas.export.verification`.

    context: of the data set, published or fictitious, that the figure was made from. Raises
    UnknownImage when the file does not say how the figure was made.
    """
    none = pd.DataFrame()
    if not known.request:
        raise UnknownImage("ce fichier ne dit pas quelle figure il montre")
    former = known.version == WORDED_DIGEST_VERSION
    try:
        figure = figure_of(context, request_from_texts(known.request, lenient=former))
    except RequestError as reason:
        return ValueComparison("gone", None, none, f"{reason}.")
    if (
        figure is None
        and context.shapes is None
        and (known.request["drawing"] in MAPS or known.request.get("layout") == "maps")
    ):
        return ValueComparison(
            "gone",
            None,
            none,
            "les contours de geo/ ne sont pas lisibles ; la page Problèmes dit pourquoi.",
        )
    if figure is None:
        return ValueComparison(
            "gone", None, none, "aucun chiffre n’est plus publié pour cette figure."
        )
    differences = _differences(known.rows, figure)
    same = differences.empty if former else figure.digest == known.digest
    return ValueComparison("current" if same else "changed", figure, none if same else differences)


def _differences(rows: tuple[tuple[str, ...], ...], figure: Figure) -> pd.DataFrame:
    """Cells that differ, line by line; a line is known by its name, and ranks follow others."""
    before = pd.DataFrame(rows[1:], columns=list(rows[0])).astype(str)
    now = table_texts(figure.table)
    ranks = {column.heading for column in figure.table.columns if column.role == "rank"}
    heads = [column.heading for column in figure.table.columns if column.role == "name"]
    name = heads[0] if heads and heads[0] in before else before.columns[0]
    keyed = [_by_line(frame, name) for frame in (before, now)]
    found = []
    for line in dict.fromkeys([*keyed[0], *keyed[1]]):
        old, new = (side.get(line, {}) for side in keyed)
        found += [
            (line[0], column, old.get(column, "absent"), new.get(column, "absent"))
            for column in dict.fromkeys([*old, *new])
            if column not in ranks and not _is_same(old.get(column, ""), new.get(column, ""))
        ]
    return pd.DataFrame(found, columns=["Ligne", "Colonne", "Sur l’image", "Aujourd’hui"])


def _is_same(old: str, new: str) -> bool:
    """True for « 33 % » and « 33,0 % », one number: decimals are those of the column today."""
    return _DECIMAL_ZEROS.sub("", old) == _DECIMAL_ZEROS.sub("", new)


def _by_line(frame: pd.DataFrame, name: str) -> dict[tuple[str, int], dict[str, str]]:
    """Lines by their name and its occurrence: a curve has several for a territory."""
    if name not in frame:
        return {}
    occurrence = frame.groupby(name).cumcount()
    return {
        (str(line[name]), int(count)): {str(k): str(v) for k, v in line.items()}
        for line, count in zip(frame.to_dict("records"), occurrence, strict=True)
    }
