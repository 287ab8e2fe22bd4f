"""Rows into data/<year>.csv: all the years at once or none, and back again (see `atlas.store`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from ruamel.yaml.error import YAMLError

from atlas.importing.history import (
    SOURCES_FILE,
    ImportOrigin,
    describe_import,
)
from atlas.importing.records import ImportedRow
from atlas.importing.yearly_file import merge_rows
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem
from atlas.settings import Source, read_sources
from atlas.settings.yaml_writing import with_root_entries
from atlas.store.names import DATA
from atlas.store.store import Store, StoreError, store_of_data
from atlas.store.write_result import WriteResult, not_written

_SOURCES = f"{DATA}/{SOURCES_FILE}"


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
    Raises OSError when the folder cannot be written, in which case no file is changed. A change
    that was interrupted, and could not be undone, says so in its result.
    """
    store = store_of_data(folder)
    try:
        with store.exclusive_access():
            return _merge_and_replace(store, rows, known_keys, replace=replace, origin=origin)
    except StoreError as refused:
        return not_written(refused)


def _merge_and_replace(
    store: Store,
    rows: list[ImportedRow],
    known_keys: KnownKeys,
    *,
    replace: bool,
    origin: ImportOrigin | None,
) -> WriteResult:
    contents: dict[str, bytes | None] = {}
    added, replaced = 0, 0
    problems: list[Problem] = []
    for year in sorted({row.period[:4] for row in rows}):
        name = f"{DATA}/{year}.csv"
        merged = merge_rows(
            store.read(name),
            [row for row in rows if row.period[:4] == year],
            f"{year}.csv",
            replace=replace,
        )
        problems += merged.problems
        added += merged.added
        replaced += merged.replaced
        if merged.added or merged.replaced:
            contents[name] = merged.content
    quoted = {row.source: known_keys.sources[row.source] for row in rows}
    problems = problems or _check_sources(store, quoted) or _check_files(contents, known_keys)
    if problems or not contents:
        return WriteResult(problems=tuple(problems))
    sources, problems = _add_sources(store, quoted)
    if problems:
        return WriteResult(problems=tuple(problems))
    # The documents first: a year quotes them.
    store.replace_files(
        sources | contents, "import", describe_import(origin, added, replaced, quoted)
    )
    years = tuple(name.removeprefix(f"{DATA}/") for name in contents)
    return WriteResult(years, added, replaced)


def _check_sources(store: Store, quoted: dict[str, Source]) -> list[Problem]:
    """Documents that somebody else described under the same key since they were read."""
    content = store.read(_SOURCES)
    if content is None:
        return []
    known, problems = _read_sources(content)
    return problems + [
        Problem(
            _SOURCES,
            f"le document « {key} » y est maintenant « {known[key].title} »",
            "Vérifiez le document choisi, puis acceptez de nouveau.",
            where=key,
        )
        for key, source in quoted.items()
        if known and key in known and known[key] != source
    ]


def _add_sources(
    store: Store, quoted: dict[str, Source]
) -> tuple[dict[str, bytes | None], list[Problem]]:
    """data/sources.yaml with the documents that it does not have, by name of file.

    Empty without any, and in a folder of yearly files alone. The text is added at the end, where
    the bytes of the others stay, or as the form of the file wants it (flow, JSON, indented, ended
    by « ... »); what comes out is read again, and refused when it is not what was meant.
    """
    before = store.read(_SOURCES)
    if before is None:
        return {}, []
    known, problems = _read_sources(before)
    if known is None:
        return {}, problems
    new = {key: source for key, source in quoted.items() if key not in known}
    if not new:
        return {}, []
    fields = {key: source.model_dump(exclude_defaults=True) for key, source in new.items()}
    for with_new in (_append_entries, with_root_entries):
        try:
            content = with_new(before.decode("utf-8-sig"), fields).encode()
        except YAMLError:
            continue
        if _read_sources(content)[0] == known | new:
            return {_SOURCES: content}, []
    return {}, [
        Problem(
            _SOURCES,
            "un document ne peut pas y être ajouté sans risque pour les autres, dans la forme "
            "qu’a ce fichier",
            "Ajoutez-le à la main, une entrée par document comme dans docs/add-data.md, puis "
            "acceptez de nouveau.",
            where=", ".join(new),
        )
    ]


def _append_entries(text: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    added = [
        yaml.safe_dump({key: dict(fields)}, allow_unicode=True, sort_keys=False, width=1000)
        for key, fields in entries.items()
    ]
    return "\n\n".join([text.rstrip(), *(entry.rstrip() for entry in added)]) + "\n"


def _read_sources(content: bytes) -> tuple[dict[str, Source] | None, list[Problem]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / SOURCES_FILE
        path.write_bytes(content)
        return read_sources(path, _SOURCES)


def _check_files(contents: dict[str, bytes | None], known_keys: KnownKeys) -> list[Problem]:
    """What the reader of yearly files finds wrong in the new ones."""
    problems: list[Problem] = []
    with TemporaryDirectory() as folder:
        for name, content in contents.items():
            path = Path(folder) / Path(name).name
            path.write_bytes(content or b"")
            problems += read_year(path, name, known_keys)[1]
    return problems
