"""The same map under other classes: what changes, and what of its note de lecture still holds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed, class_labels, class_of
from atlas.figures.map.classes import SCALES, classes_of, concentration_warning
from atlas.figures.map.classes import how as classes_how
from atlas.figures.map.figure import map_values, nation
from atlas.figures.map.texts import LEVELS, MapChoice, lecture
from atlas.indicators.classes import Scale

# More names than this are in the table, not in the sentence.
NAMED = 6


@dataclass(frozen=True)
class ScaleReading:
    """choice: that of its map; how: its classes are made; moved: names of the territories that
    are in another class than under the fixed bounds; holds, fails: what the note de lecture says
    that its map shows, or no longer shows; warning: where most are in one class."""

    choice: MapChoice
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
class _Scaled:
    """One scale: the labels of its classes, and the class of each territory and of France."""

    scale: Scale
    labels: list[str]
    places: pd.Series
    nation: int | None


def scale_readings(context: FigureContext, choice: MapChoice) -> list[ScaleReading]:
    """One for each scale, the fixed one first; none when no value is known."""
    rows = map_values(context, choice).set_index("code", drop=False)
    if rows["missing"].all():
        return []
    fixed, *others = [_scaled(context, replace(choice, scale=scale), rows) for scale in SCALES]
    return [_reading(context, choice, rows, fixed, one) for one in (fixed, *others)]


def scale_lecture(context: FigureContext, choice: MapChoice) -> str:
    """The note de lecture that the readings judge, the same under every scale."""
    return lecture(context, choice, map_values(context, choice))


def scale_table(context: FigureContext, choice: MapChoice) -> pd.DataFrame:
    """Every territory with its value and its class under each scale, the highest first."""
    rows = (
        map_values(context, choice)
        .sort_values("shown", ascending=False, na_position="last", kind="stable")
        .set_index("code", drop=False)
    )
    columns = {
        french.capitalize_first(LEVELS[choice.level][0]): rows["name"],
        context.settings.indicators[choice.indicator].label: rows["text"],
    }
    for scale, name in SCALES.items():
        scaled = _scaled(context, replace(choice, scale=scale), rows)
        columns[name] = pd.Series(
            ["" if math.isnan(place) else scaled.labels[int(place)] for place in scaled.places],
            rows.index,
        )
    return pd.DataFrame(columns).reset_index(drop=True)


def _scaled(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> _Scaled:
    bounds = classes_of(context, choice, rows).bounds
    places = [class_of(value, bounds) for value in rows["shown"]]
    level = as_printed(nation(context, choice))
    return _Scaled(
        choice.scale,
        class_labels(bounds),
        pd.Series(places, rows.index, dtype=float),
        class_of(level, bounds),
    )


def _reading(
    context: FigureContext, choice: MapChoice, rows: pd.DataFrame, fixed: _Scaled, one: _Scaled
) -> ScaleReading:
    here = replace(choice, scale=one.scale)
    known = ~rows["missing"]
    moved = tuple(rows.loc[known & (one.places != fixed.places), "name"])
    holds, fails = _claims(context, choice, rows, fixed, one)
    return ScaleReading(
        here,
        SCALES[one.scale],
        french.capitalize_first(classes_how(one.scale)) + ".",
        moved,
        "" if one is fixed else _moved_text(choice, moved, fixed, one),
        " ; ".join(holds) + ".",
        " ; ".join(fails) + ("." if fails else ""),
        concentration_warning(context, here, rows),
    )


def _moved_text(choice: MapChoice, moved: tuple[str, ...], fixed: _Scaled, one: _Scaled) -> str:
    """« 2 départements changent de classe par rapport aux bornes fixes : Landes et Gironde. »"""
    singular, many = LEVELS[choice.level]
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
        if len(moved) <= NAMED
        else [*moved[: NAMED - 1], f"{len(moved) - NAMED + 1} autres (voir le tableau)"]
    )
    return (
        f"{len(moved)} {noun} de classe par rapport aux bornes fixes : "
        f"{french.join_with_et(named)}.{fewer}"
    )


def _claims(
    context: FigureContext, choice: MapChoice, rows: pd.DataFrame, fixed: _Scaled, one: _Scaled
) -> tuple[list[str], list[str]]:
    """What the note de lecture leads to see on the map, under this scale: shown, not shown."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    code = choice.selected if choice.selected in known.index else known["code"].iloc[0]
    place, before = int(one.places[code]), int(fixed.places[code])
    name, among = rows.at[code, "name"], int((one.places == place).sum()) - 1
    company = _company(choice, among)
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


def _company(choice: MapChoice, others: int) -> str:
    one, many = LEVELS[choice.level]
    if others == 0:
        return f"sans autre {one}"
    return f"avec {others} {'autres ' + many if others > 1 else 'autre ' + one}"


def _rank(place: int, one: _Scaled) -> str:
    """« classe la plus haute (38 et plus) »."""
    return f"{_rank_word(place, one)} ({one.labels[place]})"


def _rank_word(place: int, one: _Scaled) -> str:
    if len(one.labels) == 1:
        return "seule classe"
    if place == len(one.labels) - 1:
        return "classe la plus haute"
    if place == 0:
        return "classe la plus basse"
    return f"{place + 1}e classe sur {len(one.labels)}"
