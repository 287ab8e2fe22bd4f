"""What one or several YAML files say, as plain values that remember where they stand.

Checks that look across the file work on this and not on the models, so that a name that stands for
nothing is said beside a misspelt key and not after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from atlas.problems import Problem
from atlas.settings.models import with_defaults
from atlas.settings.strict_yaml import Lines

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlTree:
    """Values by their path of keys; None for a file that cannot be read.

    lines: of each value. file: the one that holds them all, unless `files` names another for the
    first two keys of the path, whose values are the root of that file, or for the first one.
    """

    values: Any
    lines: Lines
    file: str
    files: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def problem(self, path: Path, value: str, message: str, cure: str) -> Problem:
        """What is wrong at a path, with the file and the line of it."""
        first, second = tuple(map(str, path[:1])), tuple(map(str, path[:2]))
        own = self.files.get(second) if len(second) == 2 else None
        file = own or self.files.get(first, self.file)
        line = self.lines.get(path, self.lines.get(path[:-1]))
        where = ".".join(map(str, path[2:] if own else path))
        return Problem(file=file, line=line, where=where, value=value, message=message, cure=cure)

    def entries(self, *path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a section that are sets of keys; without a path, the sections."""
        for key, entry in (self.keys(*path) or {}).items():
            if isinstance(entry, dict):
                yield key, entry

    def keys(self, *path: str) -> dict[str, Any] | None:
        """A set of keys; None when there is none at this path."""
        part = self.values
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        return part if isinstance(part, dict) else None

    def indicators(self) -> dict[str, tuple[Path, dict[str, Any]]] | None:
        """The indicators of all themes, with the defaults of theirs, and where each stands.

        None while no theme can be read: then no name of an indicator can be said to be unknown.
        """
        if self.keys("themes") is None:
            return None
        found: dict[str, tuple[Path, dict[str, Any]]] = {}
        for name, theme in self.entries("themes"):
            if not isinstance(theme.get("indicators"), dict):
                continue
            for key, entry in with_defaults(theme).items():
                place: Path = ("themes", name, "indicators", key)
                found.setdefault(key, (place, entry if isinstance(entry, dict) else {}))
        return found
