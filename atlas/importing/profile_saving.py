"""An import profile into config/imports.yaml, where the texts and comments of its author stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml.error import YAMLError

from atlas.importing.profiles import profile_fields
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile
from atlas.settings.yaml_writing import with_entry

#: The file of the import profiles in the project, and their section in it.
PROFILES_FILE, SECTION = "config/imports.yaml", "import_profiles"


def save_profile(
    base: Path,
    key: str,
    profile: ImportProfile,
    check: Callable[[str, Path], list[Problem]],
) -> list[Problem]:
    """Write an entry of `import_profiles` in the place of that of the same key, and nothing else.

    base: the project folder. check: the problems of a file that would take the place of another,
    by the name of this one; with a problem, the file is left as it was. Raises OSError when it
    cannot be written.
    """
    path = base / PROFILES_FILE
    try:
        text = with_entry(path.read_text("utf-8"), SECTION, key, profile_fields(profile))
    except YAMLError:
        return check(PROFILES_FILE, path)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, "utf-8")
    problems = check(PROFILES_FILE, fresh)
    if problems:
        fresh.unlink()
    else:
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    return problems
