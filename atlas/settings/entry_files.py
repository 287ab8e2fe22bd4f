"""Dossiers and comparisons that have a file of their own: config/dossiers/<key>.yaml and
config/comparisons/<key>.yaml, whose root is the entry's own fields."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal, get_args

from atlas.problems import Problem
from atlas.settings.base import Strict
from atlas.settings.comparisons import Comparison
from atlas.settings.dossiers import Dossier

#: A section of config.yaml whose entries may have a file each.
Section = Literal["dossiers", "comparisons"]
ENTRY_SECTIONS: tuple[Section, ...] = get_args(Section)
ENTRY_MODELS: dict[Section, type[Strict]] = {"dossiers": Dossier, "comparisons": Comparison}
#: The name of the schema of each, in config/schemas.
ENTRY_SCHEMAS: dict[Section, str] = {"dossiers": "dossier", "comparisons": "comparison"}
_SUFFIX = ".yaml"
_ALIKE = (_SUFFIX, ".yml")
#: Of the key that a name of file holds, in characters: the names of its images are longer.
MAX_KEY_LENGTH = 80
_KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*", re.ASCII)


def entry_folder(section: Section) -> str:
    """The folder of the files of a section, as a path of the project."""
    return f"config/{section}"


def entry_file(section: Section, key: str) -> str:
    """The file of an entry, as a path of the project."""
    return f"{entry_folder(section)}/{key}{_SUFFIX}"


def entry_of_file(name: str) -> tuple[Section, str] | None:
    """The section and the key of a file of one entry, by its path in the project; None for any
    other file."""
    for section in ENTRY_SECTIONS:
        folder, _, last = name.rpartition("/")
        if folder == entry_folder(section) and last.endswith(_SUFFIX):
            return section, last.removesuffix(_SUFFIX)
    return None


def list_entry_files(base: Path, added: Collection[str] = ()) -> tuple[list[str], list[Problem]]:
    """The files of one entry of a project folder, by section then by name, as paths of the
    project; and why some are not read: a name that is no key, a folder that cannot be listed.

    added: names of files that are to be among them. Hidden files, and those of another kind, are
    left out.
    """
    names: list[str] = []
    problems: list[Problem] = []
    for section in ENTRY_SECTIONS:
        folder = entry_folder(section)
        try:
            listed = {path.name for path in (base / folder).iterdir()}
        except FileNotFoundError:
            listed = set()
        except OSError as reason:
            listed = set()
            problems.append(_unlisted(folder, reason))
        listed |= {name.rpartition("/")[2] for name in added if name.startswith(f"{folder}/")}
        for last in sorted(listed):
            if last.startswith(".") or not last.lower().endswith(_ALIKE):
                continue
            name = f"{folder}/{last}"
            refused = entry_name_problem(name)
            if refused:
                problems.append(refused)
            else:
                names.append(name)
    return names, problems


def entry_name_problem(name: str) -> Problem | None:
    """What is wrong with the name of a file of one entry, which gives the entry its key."""
    found = entry_of_file(name)
    if found and len(found[1]) <= MAX_KEY_LENGTH and _KEY.fullmatch(found[1]):
        return None
    last = name.rpartition("/")[2]
    return Problem(
        name,
        f"le nom « {last[:MAX_KEY_LENGTH]} » ne convient pas : il donne sa clé à cette entrée",
        "Employez des minuscules sans accent, des chiffres, le tiret ou le tiret bas "
        f"({MAX_KEY_LENGTH} caractères au plus), puis « .yaml » : corse-2026.yaml.",
    )


def _unlisted(folder: str, reason: OSError) -> Problem:
    return Problem(
        folder,
        f"le dossier est illisible ({reason.strerror})",
        "Donnez au compte du programme le droit de le lire, ou retirez-le.",
    )
