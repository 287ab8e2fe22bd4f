"""Do the comparisons of config.yaml make sense together with its indicators.

Works on the plain tree, as the check of references does, so that all is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atlas.problems import Problem
from atlas.settings.strict_yaml import Lines

Path = tuple[str | int, ...]
TARGET = "_target"


def check_comparisons(tree: Any, name: str, lines: Lines) -> list[Problem]:
    """Territories that have no neighbours, and targets of something that is not shown.

    tree: config.yaml as read; names that stand for nothing are left to the check of references.
    """
    if not isinstance(tree, dict):
        return []
    return [
        Problem(file=name, line=lines.get(path), where=".".join(map(str, path)), value=value,
                message=message, cure=cure)
        for path, value, message, cure in _found(tree)]


def _found(tree: dict[str, Any]) -> Iterator[tuple[Path, str, str, str]]:
    for key, page in _entries(tree, "comparisons"):
        around = page.get("neighbours")
        if isinstance(around, str) and around.startswith(("FR", "CPAM-")):
            yield (("comparisons", key, "neighbours"), around, f"« {around} » n’a pas de voisins",
                   "Écrivez une région ou un département : REG-75, DEP-2A.")
        for place, target in enumerate(_list(page, "targets")):
            aimed = target.get("indicator") if isinstance(target, dict) else None
            if isinstance(aimed, str) and (reason := _astray(tree, page, aimed)):
                yield (("comparisons", key, "targets", place, "indicator"), aimed, *reason)


def _astray(tree: dict[str, Any], page: dict[str, Any], aimed: str) -> tuple[str, str] | None:
    """What is wrong with a target on a page, and the cure; None when it fits."""
    shown = [key for key in _list(page, "indicators") if isinstance(key, str)]
    of_these = [key for key in shown if aimed in (key, f"{key}{TARGET}")]
    if not of_these:
        return (f"« {aimed} » n’est l’objectif d’aucun indicateur de la page",
                f"Objectifs possibles : {', '.join(f'{key}{TARGET}' for key in shown)}.")
    kinds = dict(_entries(tree, "indicators"))
    units = [(kinds[key].get("kind"), kinds[key].get("unit")) for key in (aimed, of_these[0])
             if key in kinds]
    if len(set(units)) > 1:
        return (f"« {aimed} » n’a pas l’unité de « {of_these[0]} »",
                "Donnez aux deux indicateurs les mêmes kind et unit.")
    return None


def _entries(tree: dict[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    entries = tree.get(section)
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        if isinstance(entry, dict):
            yield key, entry


def _list(entry: dict[str, Any], key: str) -> list[Any]:
    found = entry.get(key)
    return found if isinstance(found, list) else []
