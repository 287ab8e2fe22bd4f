"""Rows into data/<year>.csv: all the years at once or none, and back again (see journal)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from atlas.importing import journal
from atlas.importing.history import SOURCES_FILE, ImportOrigin, WriteResult, describe_import
from atlas.importing.records import ImportedRow
from atlas.importing.yearly_file import merge_rows
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem
from atlas.settings import Source, read_sources


def write_rows(
    folder: Path,
    rows: list[ImportedRow],
    known_keys: KnownKeys,
    *,
    replace: bool = False,
    origin: ImportOrigin | None = None,
) -> WriteResult:
    """Add rows to the yearly files of a folder, and the documents that they are the first to quote.

    Rows there already, as they are, are left alone; existing rows keep their bytes. ``replace``: a
    row that contradicts one of the same source and page takes its place; without it, it is a
    problem. One problem, or one file that would not load, and no file is touched. ``known_keys``:
    its sources may hold documents that data/sources.yaml does not have yet; one that it describes
    otherwise by now is a problem. ``origin``: by which ``find_import`` knows the import again.
    Raises OSError when the folder cannot be written, in which case no file is changed.
    """
    with journal.exclusive_access(folder):
        contents: dict[str, bytes] = {}
        added, replaced = 0, 0
        problems: list[Problem] = []
        for year in sorted({row.period[:4] for row in rows}):
            name = f"{year}.csv"
            merged = merge_rows(
                journal.read_if_exists(folder / name),
                [row for row in rows if row.period[:4] == year],
                name,
                replace=replace,
            )
            problems += merged.problems
            added += merged.added
            replaced += merged.replaced
            if merged.added or merged.replaced:
                contents[name] = merged.content
        quoted = {row.source: known_keys.sources[row.source] for row in rows}
        problems = problems or _check_sources(folder, quoted) or _check_files(contents, known_keys)
        if problems or not contents:
            return WriteResult(problems=tuple(problems))
        # The documents first: a year quotes them.
        journal.replace_files(
            folder,
            _add_sources(folder, quoted) | contents,
            describe_import(origin, added, replaced, quoted),
        )
        return WriteResult(tuple(contents), added, replaced)


def recover_interrupted_import(folder: Path) -> None:
    """Undo an import that was cut while it replaced files; nothing to do otherwise.

    Waits for an import that goes on. Raises OSError when the folder cannot be written.
    """
    if journal.is_pending(folder):
        with journal.exclusive_access(folder):
            pass  # taking the folder puts back what was cut


def _check_sources(folder: Path, quoted: dict[str, Source]) -> list[Problem]:
    """Documents that somebody else described under the same key since they were read."""
    path, name = folder / SOURCES_FILE, f"data/{SOURCES_FILE}"
    if not path.exists():
        return []
    known, problems = read_sources(path, name)
    return problems + [
        Problem(
            name,
            f"le document « {key} » y est maintenant « {known[key].title} »",
            "Vérifiez le document choisi, puis acceptez de nouveau.",
            where=key,
        )
        for key, source in quoted.items()
        if known and key in known and known[key] != source
    ]


def _add_sources(folder: Path, quoted: dict[str, Source]) -> dict[str, bytes]:
    """data/sources.yaml followed by the documents that it does not have, by name of file.

    Empty without any, and in a folder of yearly files alone.
    """
    before = journal.read_if_exists(folder / SOURCES_FILE)
    if before is None:
        return {}
    known = yaml.safe_load(before) or {}
    entries = [
        yaml.safe_dump(
            {key: source.model_dump(exclude_defaults=True)},
            allow_unicode=True,
            sort_keys=False,
            width=1000,
        )
        for key, source in quoted.items()
        if key not in known
    ]
    if not entries:
        return {}
    added = "".join(f"\n\n{entry.rstrip()}" for entry in entries)
    return {SOURCES_FILE: before.rstrip() + f"{added}\n".encode()}


def _check_files(contents: dict[str, bytes], known_keys: KnownKeys) -> list[Problem]:
    """What the reader of yearly files finds wrong in the new ones."""
    problems: list[Problem] = []
    with TemporaryDirectory() as folder:
        for name, content in contents.items():
            path = Path(folder) / name
            path.write_bytes(content)
            problems += read_year(path, f"data/{name}", known_keys)[1]
    return problems
