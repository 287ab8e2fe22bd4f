"""Does what the configuration names exist: indicators, corridors, territories, sources.

Works on the plain tree, so that a wrong name is reported beside a misspelt key and not after it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from atlas.problems import Problem
from atlas.settings.dossiers import CorridorsBlock, MapBlock, TerritoryTableBlock
from atlas.settings.yaml_tree import Path, YamlTree

_NAMES = {
    "indicator": "indicateur",
    "indicators": "indicateur",
    "national_curve": "indicateur",
    "total": "indicateur",
    "parts": "indicateur",
    "rate": "indicateur",
    "part": "indicateur",
    "whole": "indicateur",
    "monthly": "indicateur",
    "year": "indicateur",
    "stock": "indicateur",
    "weights": "indicateur",
    "population_share": "indicateur",
    "corridor": "couloir",
    "territory": "territoire",
    "territories": "territoire",
    "neighbours": "territoire",
    "group": "groupe",
    "source": "source",
    "ranks": "indicateur",
    "beside": "indicateur",
    "targets": "indicateur",
    "units": "indicateur",
    "largest": "indicateur",
    "corridor_table": "indicateur",
}
# The indicator of a block that names none, by its kind.
_USUAL = {
    kind: block.model_fields["indicator"].default
    for block in (MapBlock, CorridorsBlock, TerritoryTableBlock)
    for kind in get_args(block.model_fields["kind"].annotation)
}
# Left empty, these keys mean none.
_MAY_BE_EMPTY = ("corridor", "ranks", "beside", "units", "largest", "population_share")
_WHERE = {
    "indicateur": "config/indicators.yaml",
    "couloir": "corridors",
    "groupe": "groups",
    "territoire": "data/territories.csv",
    "source": "data/sources.yaml",
}


def check_references(tree: YamlTree, known: Mapping[str, Collection[str] | None]) -> list[Problem]:
    """Every name that stands for nothing, and every count asked as a coloured map.

    tree: the configuration as read; known: the territories and sources that may be named, None for
    those that could not be read.
    """
    indicators = tree.indicators()
    names = {
        **known,
        "indicateur": indicators,
        "couloir": tree.keys("corridors"),
        "groupe": tree.keys("groups") or (),
    }
    return (
        check_names(tree, names)
        + [
            tree.problem(
                ("secrecy", key),
                key,
                f"indicateur inconnu : « {key} »",
                f"Écrivez un indicateur de {_WHERE['indicateur']}.",
            )
            for key in tree.keys("secrecy") or ()
            if indicators is not None and key not in indicators
        ]
        + [
            tree.problem(
                path,
                key,
                f"« {key} » ne peut pas colorier une carte",
                "Un effectif ne se colorie pas ; un taux a besoin de bounds (bornes de classes).",
            )
            for path, key in _mapped_indicators(tree)
            if indicators and key in indicators and not indicators[key][1].get("bounds")
        ]
    )


def check_names(tree: YamlTree, known: Mapping[str, Collection[str] | None]) -> list[Problem]:
    """Every name that stands for nothing, with the nearest one that stands for something.

    known: what may be named, by what it is (« territoire »); what is absent or None is left
    unchecked.
    """
    problems = []
    for path, what, key in _names_in(tree.values, ()):
        allowed = known.get(what)
        if allowed is None or key in allowed or (not key and path[-1] in _MAY_BE_EMPTY):
            continue
        close = difflib.get_close_matches(key, list(allowed), n=1, cutoff=0.5)
        e = "e" if what == "source" else ""
        cure = (
            f"Vouliez-vous dire « {close[0]} » ?"
            if close
            else f"Écrivez un{e} {what} de {_WHERE[what]}."
        )
        problems.append(tree.problem(path, key, f"{what} inconnu{e} : « {key} »", cure))
    return problems


def _names_in(part: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Each name in the tree with its path and what it names."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    elif not isinstance(part, dict):
        return
    if "indicator" not in part and (usual := _USUAL.get(str(part.get("kind")))):
        yield (*path, "indicator"), "indicateur", usual
    for key, value in part.items():
        what = _NAMES.get(str(key))
        if what and isinstance(value, str):
            yield (*path, key), what, value
        elif what and isinstance(value, list):
            yield from (
                ((*path, key, i), what, item)
                for i, item in enumerate(value)
                if isinstance(item, str)
            )
            yield from _names_in(
                {i: item for i, item in enumerate(value) if not isinstance(item, str)}, (*path, key)
            )
        else:
            yield from _names_in(value, (*path, key))


def _mapped_indicators(tree: YamlTree) -> Iterator[tuple[Path, str]]:
    """The indicators that map blocks of dossiers show."""
    for path, what, key in _names_in(tree.values, ()):
        block: Any = tree.values
        for step in path[:-1]:
            block = block[step]
        if what == "indicateur" and isinstance(block, dict) and block.get("kind") == "map":
            yield path, key
