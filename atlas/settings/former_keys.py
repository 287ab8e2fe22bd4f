"""Keys that a configuration written for an earlier version holds, and what became of each.

A team that updates the dashboard keeps its own config.yaml: it is told what to write instead,
where a list of known keys would leave it to guess.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

#: Former name of a key → present name. It is said only where the present name may stand.
RENAMED_KEYS = {
    "against": "compared_to",
    "also": "aliases",
    "axis": "scales",
    "figures": "display",
    "measure": "accumulation",
    "recipes": "import_profiles",
}
#: Section and key of what is no longer written → what to do with it.
RETIRED_KEYS = {
    ("indicators", "good"): ("« good » ne sert plus", "Retirez cette ligne."),
}


def explain_former_key(
    path: tuple[str | int, ...], known_keys: Collection[str]
) -> tuple[str, str] | None:
    """What is wrong with a former key, and the cure; None for a key that never existed.

    path: from the section to the key; known_keys: those that may stand at its place.
    """
    key = str(path[-1])
    present = RENAMED_KEYS.get(key)
    if present in known_keys:
        return f"« {key} » s’appelle maintenant « {present} »", "Renommez cette clé."
    return RETIRED_KEYS.get((str(path[0]), key))


def stands_under_former_name(key: str, entry: object) -> bool:
    """True when a key is absent from an entry only because its former name is there."""
    return isinstance(entry, Mapping) and any(
        former in entry for former, present in RENAMED_KEYS.items() if present == key
    )
