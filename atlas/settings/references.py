"""Does what config.yaml names exist: indicators, corridors, territories, sources.

Works on the plain tree, so that a wrong name is reported beside a misspelt key and not after it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from atlas.problems import Problem
from atlas.settings.strict_yaml import Lines

Path = tuple[str | int, ...]
_NAMES = {
    "indicator": "indicateur", "indicators": "indicateur", "map_indicators": "indicateur",
    "national_curve": "indicateur", "total": "indicateur", "parts": "indicateur",
    "rate": "indicateur", "part": "indicateur", "whole": "indicateur", "monthly": "indicateur",
    "year": "indicateur", "corridor_totals": "indicateur", "territory_totals": "indicateur",
    "corridor_shares": "indicateur", "cumulative": "indicateur", "by_source": "indicateur",
    "corridor": "couloir", "territory": "territoire",
    "territories": "territoire", "source": "source", "source_order": "source",
}
_WHERE = {"indicateur": "indicators", "couloir": "corridors",
          "territoire": "data/territories.csv", "source": "data/sources.yaml"}


def check_references(tree: Any, name: str, lines: Lines,
                     known: Mapping[str, Collection[str] | None]) -> list[Problem]:
    """Every name that stands for nothing, and every count asked as a coloured map.

    tree: config.yaml as read; known: the territories and sources that may be named, None for
    those that could not be read.
    """
    if not isinstance(tree, dict):
        return []
    names = {**known, "indicateur": _keys(tree, "indicators"), "couloir": _keys(tree, "corridors")}
    problems = []
    for path, what, key in _named(tree, ()):
        allowed = names[what]
        if allowed is not None and key and key not in allowed:
            close = difflib.get_close_matches(key, list(allowed), n=1, cutoff=0.5)
            e = "e" if what == "source" else ""
            cure = (f"Vouliez-vous dire « {close[0]} » ?" if close
                    else f"Écrivez un{e} {what} de {_WHERE[what]}.")
            problems.append(_problem(name, lines, path, key, f"{what} inconnu{e} : « {key} »",
                                     cure))
    return problems + [
        _problem(name, lines, path, key, f"« {key} » ne peut pas colorier une carte",
                 "Un effectif ne se colorie pas ; un taux a besoin de bounds (bornes de classes).")
        for path, key in _mapped(tree) if not _colourable(tree, key)]


def _keys(tree: dict[str, Any], section: str) -> Collection[str] | None:
    entries = tree.get(section)
    return entries if isinstance(entries, dict) else None


def _problem(name: str, lines: Lines, path: Path, value: str, message: str, cure: str) -> Problem:
    return Problem(file=name, line=lines.get(path), where=".".join(map(str, path)), value=value,
                   message=message, cure=cure)


def _named(part: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Each name in the tree with its path and what it names."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    elif not isinstance(part, dict):
        return
    for key, value in part.items():
        what = _NAMES.get(str(key))
        if what and isinstance(value, str):
            yield (*path, key), what, value
        elif what and isinstance(value, list):
            yield from (((*path, key, i), what, item) for i, item in enumerate(value)
                        if isinstance(item, str))
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
