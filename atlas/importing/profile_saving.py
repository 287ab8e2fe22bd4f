"""A recipe into config.yaml, where the texts and comments of its author stay as they are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import yaml

from atlas.importing.profiles import profile_text
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile

SECTION = "import_profiles"


def save_profile(
    path: Path, key: str, recipe: ImportProfile, check: Callable[[Path], list[Problem]]
) -> list[Problem]:
    """Write an entry of `import_profiles` in the place of that of the same key, and nothing else.

    check: the problems of a config.yaml; with one, the file is left as it was. Raises OSError when
    it cannot be written.
    """
    text = with_profile(path.read_text("utf-8"), key, recipe)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, "utf-8")
    problems = check(fresh)
    if problems:
        fresh.unlink()
    else:
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    return problems


def with_profile(text: str, key: str, recipe: ImportProfile) -> str:
    """The text of config.yaml with the entry; raises yaml.YAMLError when it is no YAML."""
    entry = profile_text(key, recipe)
    lines = text.splitlines(keepends=True)
    section = _pair(yaml.compose(text), SECTION)
    if section is None:
        return f"{text.rstrip()}\n\n{SECTION}:\n{entry}"
    name, entries = section
    start = name.start_mark.line
    if not isinstance(entries, yaml.MappingNode) or entries.flow_style:  # « import_profiles: {} »
        others = yaml.safe_load(text)[SECTION] or {}
        kept = [profile_text(k, ImportProfile(**other)) for k, other in others.items() if k != key]
        after = lines[entries.end_mark.line + 1 :]
        return "".join([*lines[:start], f"{SECTION}:\n", entry, *kept, *after])
    known = _pair(entries, key)
    if known is None:
        return "".join([*lines[: start + 1], entry, *lines[start + 1 :]])
    first, last = known[0].start_mark.line, known[1].end_mark.line
    while lines[last - 1].strip()[:1] in ("", "#"):  # they are about what follows
        last -= 1
    return "".join([*lines[:first], entry, *lines[last:]])


def _pair(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)
