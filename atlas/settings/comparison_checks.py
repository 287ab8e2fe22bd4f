"""Do the comparisons of config.yaml make sense together with its indicators.

Works on the plain tree, as the check of references does, so that all is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atlas.problems import Problem
from atlas.settings.yaml_tree import Path, YamlTree

# Where in a comparison, the value, what is wrong with it, the cure.
Found = tuple[Path, str, str, str]
TARGET = "_target"


def check_comparisons(tree: YamlTree) -> list[Problem]:
    """Territories that have no neighbours, targets of something that is not shown, and maps of
    what maps do not show, on pages and in dossiers.

    tree: the configuration; names that stand for nothing are left to the check of references.
    """
    return [
        tree.problem((*path, *more), value, message, cure)
        for path, shown in _comparisons(tree)
        for more, value, message, cure in _problems_of_page(tree, shown)
    ]


def _comparisons(tree: YamlTree) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every comparison, and where it is written."""
    for key, page in tree.entries("comparisons"):
        yield ("comparisons", key), page
    for key, dossier in tree.entries("dossiers"):
        for place, block in enumerate(_list(dossier, "blocks")):
            if isinstance(block, dict) and block.get("kind") == "comparison":
                yield ("dossiers", key, "blocks", place), block


def _problems_of_page(tree: YamlTree, shown: dict[str, Any]) -> Iterator[Found]:
    around = shown.get("neighbours")
    if isinstance(around, str) and around.startswith(("FR", "CPAM-")):
        yield (
            ("neighbours",),
            around,
            f"« {around} » n’a pas de voisins",
            "Écrivez une région ou un département : REG-75, DEP-2A.",
        )
    indicators = _indicators(shown)
    for more, aimed in _targets(shown):
        if reason := _astray(tree, list(indicators.values()), aimed):
            yield (more, aimed, *reason)
    known = tree.indicators() or {}
    for more, key in indicators.items() if shown.get("layout") == "maps" else ():
        if key in known and not known[key][1].get("bounds"):
            yield (
                more,
                key,
                f"« {key} » n’est pas un indicateur de carte",
                "Donnez-lui bounds (bornes de classes), ou prenez une autre présentation.",
            )


def _indicators(shown: dict[str, Any]) -> dict[Path, str]:
    """What a comparison shows: several indicators on a page, one in a dossier."""
    found: dict[Path, Any] = {
        ("indicators", place): key for place, key in enumerate(_list(shown, "indicators"))
    }
    found |= {} if found else {("indicator",): shown.get("indicator")}
    return {path: key for path, key in found.items() if isinstance(key, str)}


def _targets(shown: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The indicator of each target: a key of it on a page, all of it in a dossier."""
    for place, target in enumerate(_list(shown, "targets")):
        if isinstance(target, str):
            yield ("targets", place), target
        elif isinstance(target, dict) and isinstance(aimed := target.get("indicator"), str):
            yield ("targets", place, "indicator"), aimed


def _astray(tree: YamlTree, shown: list[str], aimed: str) -> tuple[str, str] | None:
    """What is wrong with a target of a comparison, and the cure; None when it fits."""
    of_these = [key for key in shown if aimed in (key, f"{key}{TARGET}")]
    if not of_these:
        return (
            f"« {aimed} » n’est l’objectif d’aucun indicateur de la comparaison",
            f"Objectifs possibles : {', '.join(f'{key}{TARGET}' for key in shown)}.",
        )
    known = tree.indicators() or {}
    units = [
        (known[key][1].get("kind"), known[key][1].get("unit"))
        for key in (aimed, of_these[0])
        if key in known
    ]
    if len(set(units)) > 1:
        return (
            f"« {aimed} » n’a pas l’unité de « {of_these[0]} »",
            "Donnez aux deux indicateurs les mêmes kind et unit.",
        )
    return None


def _list(entry: dict[str, Any], key: str) -> list[Any]:
    found = entry.get(key)
    return found if isinstance(found, list) else []
