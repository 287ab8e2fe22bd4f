"""Keys that a configuration written for an earlier version holds, and what became of each.

A team that updates the dashboard keeps its own files: it is told what to write instead,
where a list of known keys would leave it to guess.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from atlas.settings.models import FILE_OF_SECTION


def _now_of_the_indicator(key: str, written: str) -> tuple[str, str]:
    return (
        f"« {key} » se dit maintenant à chaque indicateur, dans config/indicators.yaml",
        f"Écrivez « {written} » à ces indicateurs, et retirez cette liste.",
    )


#: Former name of a key → present name. It is said only where the present name may stand.
RENAMED_KEYS = {
    "against": "compared_to",
    "also": "aliases",
    "axis": "scales",
    "figures": "display",
    "kind": "grade",
    "measure": "accumulation",
    "recipes": "import_profiles",
}
#: Section and key of what is no longer written → what to do with it.
RETIRED_KEYS = {
    ("themes", "good"): ("« good » ne sert plus", "Retirez cette ligne."),
    ("themes", "theme"): (
        "« theme » ne s’écrit plus : c’est le groupe où se trouve l’indicateur",
        "Retirez cette ligne, et rangez l’indicateur dans son thème.",
    ),
    ("display", "map_indicators"): (
        "« map_indicators » ne sert plus : la carte montre les taux qui ont des bounds",
        "Retirez cette ligne.",
    ),
    ("imports", "writers"): (
        "« writers » ne sert plus : on écrit parce qu’on est connu, et non d’où l’on vient",
        "Retirez cette ligne, et nommez dans config/server.yaml, sous access, roles, import, les "
        "adresses (emails), domaines (domains) ou groupes (groups) qui peuvent écrire ; avec "
        "« make run », l’adresse affichée suffit.",
    ),
    ("checks", "corridor_totals"): _now_of_the_indicator("corridor_totals", "adds_up: [corridors]"),
    ("checks", "corridor_shares"): _now_of_the_indicator("corridor_shares", "adds_up: [corridors]"),
    ("checks", "territory_totals"): _now_of_the_indicator(
        "territory_totals", "adds_up: [territories]"
    ),
    ("checks", "cumulative"): _now_of_the_indicator("cumulative", "cumulative: true"),
    ("checks", "by_source"): _now_of_the_indicator("by_source", "by_source: true"),
}
#: Sections that are in another file under another form: → what is wrong, and the cure.
MOVED_SECTIONS = {
    "indicators": (
        "« indicators » est maintenant dans config/indicators.yaml, thème par thème",
        "Rangez chaque indicateur sous themes, puis son thème, puis indicators.",
    ),
    "recipes": (
        "« recipes » s’appelle maintenant « import_profiles », et est dans config/imports.yaml",
        "Déplacez cette section, et renommez-la.",
    ),
    "source_order": (
        "« source_order » est maintenant l’ordre des sources de data/sources.yaml",
        "Rangez les sources de data/sources.yaml dans cet ordre, et retirez cette liste.",
    ),
}


def explain_former_key(
    path: tuple[str | int, ...], known_keys: Collection[str]
) -> tuple[str, str] | None:
    """What is wrong with a former key, and the cure; None for a key that never existed.

    path: from the section to the key; known_keys: those that may stand at its place.
    """
    key = str(path[-1])
    if len(path) == 1:
        if key in MOVED_SECTIONS:
            return MOVED_SECTIONS[key]
        if file := FILE_OF_SECTION.get(key):
            return f"« {key} » est maintenant dans {file}", f"Déplacez cette section dans {file}."
    present = RENAMED_KEYS.get(key)
    if present in known_keys:
        return f"« {key} » s’appelle maintenant « {present} »", "Renommez cette clé."
    return RETIRED_KEYS.get((str(path[0]), key))


def stands_under_former_name(key: str, entry: object) -> bool:
    """True when a key is absent from an entry only because its former name is there."""
    return isinstance(entry, Mapping) and any(
        former in entry for former, present in RENAMED_KEYS.items() if present == key
    )
