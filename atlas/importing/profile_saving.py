"""An import profile into config/imports.yaml, where the texts and comments of its author stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from ruamel.yaml.error import YAMLError

from atlas.importing.profiles import profile_fields
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile
from atlas.settings.yaml_writing import with_entry
from atlas.store.journal import About
from atlas.store.store import Store, StoreError, project_store
from atlas.store.write_result import WriteResult, not_written

#: The file of the import profiles in the project, and their section in it.
PROFILES_FILE, SECTION = "config/imports.yaml", "import_profiles"
Check = Callable[[str, Path], list[Problem]]


def save_profile(base: Path, key: str, profile: ImportProfile, check: Check) -> WriteResult:
    """Write an entry of `import_profiles` in the place of that of the same key, and nothing else.

    base: the project folder. check: the problems of a file that would take the place of another,
    by the name of this one; with a problem, the file is left as it was. Raises OSError when it
    cannot be written, in which case it is not changed.
    """
    store = project_store(base)
    try:
        with store.exclusive_access():
            return _add_entry(store, key, profile, check)
    except StoreError as refused:
        return not_written(refused)


def _add_entry(store: Store, key: str, profile: ImportProfile, check: Check) -> WriteResult:
    path = store.path(PROFILES_FILE)
    try:
        text = with_entry(
            path.read_bytes().decode("utf-8-sig"), SECTION, key, profile_fields(profile)
        )
    except (YAMLError, UnicodeDecodeError):
        return WriteResult(problems=tuple(check(PROFILES_FILE, path)) or (_unsuited(),))
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / path.name
        fresh.write_bytes(text.encode())
        problems = check(PROFILES_FILE, fresh)
    if problems or ImportProfile.model_validate(yaml.safe_load(text)[SECTION][key]) != profile:
        return WriteResult(problems=tuple(problems) or (_unsuited(),))
    store.replace_files({PROFILES_FILE: text.encode()}, "profile", About(file=profile.label))
    return WriteResult((PROFILES_FILE,), added=1)


def _unsuited() -> Problem:
    """The form of the file does not take an entry."""
    return Problem(
        PROFILES_FILE,
        "le profil ne peut pas y être ajouté sans risque pour le reste, dans la forme qu’a ce "
        "fichier",
        f"Recopiez-le à la main sous « {SECTION} ».",
        where=SECTION,
    )
