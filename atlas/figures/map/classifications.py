"""The same map under other classes: what changes, and what of its note de lecture still holds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed, class_of
from atlas.figures.map.classes import (
    CLASS_METHODS,
    COMPARED_METHODS,
    classes_of,
    concentration_warning,
    method_text,
)
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows, nation_level
from atlas.figures.map.texts import LEVELS, lecture
from atlas.indicators.classes import ClassMethod
from atlas.values import Column, Table, name_column, text_column

# More names than this are in the table, not in the sentence.
MAX_NAMES = 6


@dataclass(frozen=True)
class ClassificationReading:
    """request: that of its map; how: its classes are made; moved: names of the territories that
    are in another class than under the fixed bounds; holds, fails: what the note de lecture says
    that its map shows, or no longer shows; warning: where most are in one class."""

    request: MapRequest
    name: str
    how: str
    moved: tuple[str, ...]
    moved_text: str
    holds: str
    fails: str
    warning: str

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What is told under its map, empty lines left out."""
        said = [
            ("Changements", self.moved_text),
            ("Tient", self.holds),
            ("Ne tient pas", self.fails),
            ("Attention", self.warning),
        ]
        return [(name, text) for name, text in said if text]


@dataclass(frozen=True)
class _Classification:
    """One method: the labels of its classes, and the class of each territory and of France."""

    method: ClassMethod
    labels: list[str]
    places: pd.Series
    nation: int | None


def classification_readings(
    context: FigureContext, request: MapRequest
) -> list[ClassificationReading]:
    """One for each method, the fixed bounds first; none when no value is known."""
    rows = map_rows(context, request).set_index("code", drop=False)
    if rows["missing"].all():
        return []
    fixed, *others = [
        _classify(context, request.with_fields(classes=method), rows) for method in COMPARED_METHODS
    ]
    return [_reading(context, request, rows, fixed, one) for one in (fixed, *others)]


def classification_lecture(context: FigureContext, request: MapRequest) -> str:
    """The note de lecture that the readings judge, the same under every method."""
    return lecture(context, request, map_rows(context, request))


def classification_table(context: FigureContext, request: MapRequest) -> Table:
    """Every territory with its value and its class under each method, the highest first.

    Columns: territory, level, then one per method of `COMPARED_METHODS`.
    """
    rows = (
        map_rows(context, request)
        .sort_values("shown", ascending=False, na_position="last", kind="stable")
        .set_index("code", drop=False)
    )
    methods = []
    for method in COMPARED_METHODS:
        classified = _classify(context, request.with_fields(classes=method), rows)
        labels = [
            "" if math.isnan(place) else classified.labels[int(place)]
            for place in classified.places
        ]
        methods.append(text_column(method, CLASS_METHODS[method], labels))
    label = context.settings.indicators[request.indicator].label
    return Table(
        (
            name_column(
                "territory",
                french.capitalize_first(LEVELS[request.level][0]),
                rows["name"],
                keys=rows["code"],
            ),
            Column("level", label, tuple(rows["shown_value"]), "value"),
            *methods,
        )
    )


def _classify(context: FigureContext, request: MapRequest, rows: pd.DataFrame) -> _Classification:
    scale = classes_of(context, request, rows)
    bounds = scale.bounds
    places = [class_of(value, bounds) for value in rows["shown"]]
    level = as_printed(nation_level(context, request))
    return _Classification(
        request.classes,
        scale.labels(context.settings.display.class_labels),
        pd.Series(places, rows.index, dtype=float),
        class_of(level, bounds),
    )


def _reading(
    context: FigureContext,
    request: MapRequest,
    rows: pd.DataFrame,
    fixed: _Classification,
    one: _Classification,
) -> ClassificationReading:
    here = request.with_fields(classes=one.method)
    known = ~rows["missing"]
    moved = tuple(rows.loc[known & (one.places != fixed.places), "name"])
    holds, fails = _claims(context, request, rows, fixed, one)
    return ClassificationReading(
        here,
        CLASS_METHODS[one.method],
        french.capitalize_first(method_text(one.method)) + ".",
        moved,
        "" if one is fixed else _moved_text(request, moved, fixed, one),
        " ; ".join(holds) + ".",
        " ; ".join(fails) + ("." if fails else ""),
        concentration_warning(context, here, rows),
    )


def _moved_text(
    request: MapRequest, moved: tuple[str, ...], fixed: _Classification, one: _Classification
) -> str:
    """« 2 départements changent de classe par rapport aux bornes fixes : Landes et Gironde. »"""
    singular, many = LEVELS[request.level]
    fewer = (
        ""
        if len(one.labels) == len(fixed.labels)
        else (
            f" Les valeurs ne font que {len(one.labels)} "
            f"classe{'s' if len(one.labels) > 1 else ''}, au lieu de {len(fixed.labels)}."
        )
    )
    if not moved:
        none = "Aucun" if singular == "département" else "Aucune"
        return f"{none} {singular} ne change de classe par rapport aux bornes fixes.{fewer}"
    noun = f"{many} changent" if len(moved) > 1 else f"{singular} change"
    named = (
        list(moved)
        if len(moved) <= MAX_NAMES
        else [*moved[: MAX_NAMES - 1], f"{len(moved) - MAX_NAMES + 1} autres (voir le tableau)"]
    )
    return (
        f"{len(moved)} {noun} de classe par rapport aux bornes fixes : "
        f"{french.join_with_et(named)}.{fewer}"
    )


def _claims(
    context: FigureContext,
    request: MapRequest,
    rows: pd.DataFrame,
    fixed: _Classification,
    one: _Classification,
) -> tuple[list[str], list[str]]:
    """What the note de lecture leads to see on the map, under this method: shown, not shown."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    code = request.highlighted if request.highlighted in known.index else known["code"].iloc[0]
    place, before = int(one.places[code]), int(fixed.places[code])
    name, among = rows.at[code, "name"], int((one.places == place).sum()) - 1
    company = _company(request, among)
    holds, fails = ["le chiffre lu, qui ne dépend pas des classes"], list[str]()
    if one is fixed:
        holds.append(f"{name} : dans la {_rank(place, one)}, {company}")
    elif _rank_word(place, one) == _rank_word(before, fixed):
        holds.append(f"{name} : toujours dans la {_rank(place, one)}, {company}")
    else:
        fails.append(
            f"{name} : dans la {_rank(place, one)}, {company}, et non dans la "
            f"{_rank(before, fixed)}"
        )
    if one.nation is not None:
        apart = "l’écart à la moyenne nationale"
        if one.nation != place:
            holds.append(f"{apart} se voit : deux classes différentes")
        else:
            fails.append(f"{apart} ne se voit pas : une même classe")
    return holds, fails


def _company(request: MapRequest, others: int) -> str:
    one, many = LEVELS[request.level]
    if others == 0:
        return f"sans autre {one}"
    return f"avec {others} {'autres ' + many if others > 1 else 'autre ' + one}"


def _rank(place: int, one: _Classification) -> str:
    """« classe la plus haute (38 et plus) »."""
    return f"{_rank_word(place, one)} ({one.labels[place]})"


def _rank_word(place: int, one: _Classification) -> str:
    if len(one.labels) == 1:
        return "seule classe"
    if place == len(one.labels) - 1:
        return "classe la plus haute"
    if place == 0:
        return "classe la plus basse"
    return f"{place + 1}ᵉ classe sur {len(one.labels)}"
