"""Does what config.yaml names exist: indicators, corridors, territories, sources.

Works on the plain tree, so that a wrong name is reported beside a misspelt key and not after it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from atlas.problems import Problem
from atlas.settings.dossiers import CorridorsBlock, MapBlock, TerritoryTableBlock
from atlas.settings.strict_yaml import Lines

Path = tuple[str | int, ...]
_NAMES = {
    "indicator": "indicateur",
    "indicators": "indicateur",
    "map_indicators": "indicateur",
    "national_curve": "indicateur",
    "total": "indicateur",
    "parts": "indicateur",
    "rate": "indicateur",
    "part": "indicateur",
    "whole": "indicateur",
    "monthly": "indicateur",
    "year": "indicateur",
    "corridor_totals": "indicateur",
    "territory_totals": "indicateur",
    "corridor_shares": "indicateur",
    "cumulative": "indicateur",
    "by_source": "indicateur",
    "corridor": "couloir",
    "territory": "territoire",
    "territories": "territoire",
    "neighbours": "territoire",
    "group": "groupe",
    "source": "source",
    "source_order": "source",
    "ranks": "indicateur",
    "targets": "indicateur",
    "units": "indicateur",
    "largest": "indicateur",
}
# The indicator of a block that names none, by its kind.
_USUAL = {
    kind: block.model_fields["indicator"].default
    for block in (MapBlock, CorridorsBlock, TerritoryTableBlock)
    for kind in get_args(block.model_fields["kind"].annotation)
}
# Left empty, these keys mean none.
_MAY_BE_EMPTY = ("corridor", "ranks", "units", "largest")
_WHERE = {
    "indicateur": "indicators",
    "couloir": "corridors",
    "groupe": "groups",
    "territoire": "data/territories.csv",
    "source": "data/sources.yaml",
}


def check_references(
    tree: Any, name: str, lines: Lines, known: Mapping[str, Collection[str] | None]
) -> list[Problem]:
    """Every name that stands for nothing, and every count asked as a coloured map.

    tree: config.yaml as read; known: the territories and sources that may be named, None for
    those that could not be read.
    """
    if not isinstance(tree, dict):
        return []
    names = {
        **known,
        "indicateur": _keys(tree, "indicators"),
        "couloir": _keys(tree, "corridors"),
        "groupe": _keys(tree, "groups") if "groups" in tree else (),
    }
    return (
        check_names(tree, name, lines, names)
        + [
            _problem(
                name,
                lines,
                ("secrecy", key),
                key,
                f"indicateur inconnu : « {key} »",
                "Écrivez un indicateur de indicators.",
            )
            for key in _unknown_rules(tree)
        ]
        + [
            _problem(
                name,
                lines,
                path,
                key,
                f"« {key} » ne peut pas colorier une carte",
                "Un effectif ne se colorie pas ; un taux a besoin de bounds (bornes de classes).",
            )
            for path, key in _mapped(tree)
            if not _colourable(tree, key)
        ]
        + [
            _problem(
                name,
                lines,
                path,
                key,
                f"« {key} » n’est pas un indicateur de carte",
                "Ajoutez-le à map_indicators (display), ou choisissez l’un de ceux qui y sont.",
            )
            for path, key in _unoffered(tree)
        ]
    )


def check_names(
    tree: Any, name: str, lines: Lines, known: Mapping[str, Collection[str] | None]
) -> list[Problem]:
    """Every name that stands for nothing, with the nearest one that stands for something.

    known: what may be named, by what it is (« territoire »); what is absent or None is left
    unchecked.
    """
    problems = []
    for path, what, key in _named(tree, ()):
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
        problems.append(_problem(name, lines, path, key, f"{what} inconnu{e} : « {key} »", cure))
    return problems


def _unknown_rules(tree: dict[str, Any]) -> list[str]:
    """Rules of secrecy are kept under the names of their indicators."""
    rules, known = _keys(tree, "secrecy") or (), _keys(tree, "indicators")
    return [str(key) for key in rules if known is not None and key not in known]


def _keys(tree: dict[str, Any], section: str) -> Collection[str] | None:
    entries = tree.get(section)
    return entries if isinstance(entries, dict) else None


def _problem(name: str, lines: Lines, path: Path, value: str, message: str, cure: str) -> Problem:
    line = lines.get(path, lines.get(path[:-1]))
    return Problem(
        file=name,
        line=line,
        where=".".join(map(str, path)),
        value=value,
        message=message,
        cure=cure,
    )


def _named(part: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
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
            yield from _named(
                {i: item for i, item in enumerate(value) if not isinstance(item, str)}, (*path, key)
            )
        else:
            yield from _named(value, (*path, key))


def _mapped(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The indicators that a map shows."""
    for path, what, key in _named(tree, ()):
        block: Any = tree
        for step in path[:-1]:
            block = block[step]
        is_map = isinstance(block, dict) and block.get("kind") == "map"
        if what == "indicateur" and ("map_indicators" in path or is_map):
            yield path, key


def _colourable(tree: dict[str, Any], key: str) -> bool:
    """True for a percentage with class bounds, and for a name already reported as unknown."""
    indicators = tree.get("indicators")
    entry = indicators.get(key) if isinstance(indicators, dict) else None
    if not isinstance(entry, dict):
        return True
    return entry.get("kind") not in ("count", "average", "rank") and bool(entry.get("bounds"))


def _unoffered(tree: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The indicators of map blocks that the map page does not have, when it has any to show."""
    known = _keys(tree, "indicators") or ()
    maps = [(path, key) for path, key in _mapped(tree) if key in known and _colourable(tree, key)]
    offered = {key for path, key in maps if "map_indicators" in path}
    if offered:
        yield from ((path, key) for path, key in maps if key not in offered)
