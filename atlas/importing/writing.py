"""Rows into data/<year>.csv: all the years at once or none, and back again.

data/.precedent/<number>/ keeps what an import replaced and what it made of it, with a journal. The
journal is written before the first file is replaced and closed after the last: an import that was
cut in between is undone by the next one, or by `recover`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from atlas.figures.checks import Vocabulary
from atlas.figures.reading import read_year
from atlas.importing.records import Row
from atlas.importing.yearly import grown
from atlas.problems import Problem
from atlas.settings import Source

KEPT = ".precedent"
SOURCES = "sources.yaml"


@dataclass(frozen=True)
class Written:
    """files: names of those replaced; added, replaced: rows; problems: why nothing was."""

    files: tuple[str, ...] = ()
    added: int = 0
    replaced: int = 0
    problems: tuple[Problem, ...] = ()


def accept(folder: Path, rows: list[Row], words: Vocabulary, *, replace: bool = False) -> Written:
    """Add rows to the yearly files of a folder, and the documents that they are the first to quote.

    Rows there already, as they are, are left alone; existing rows keep their bytes. replace: a row
    that contradicts one of the same source and page takes its place; without it, it is a problem.
    One problem, or one file that would not load, and no file is touched. words: its sources may
    hold documents that data/sources.yaml does not have yet.
    """
    with _locked(folder):
        _recover(folder)
        texts, added, replaced, problems = {}, 0, 0, list[Problem]()
        for year in sorted({row.period[:4] for row in rows}):
            name = f"{year}.csv"
            made = grown(_content(folder / name), [r for r in rows if r.period[:4] == year], name,
                         replace=replace)
            problems += made.problems
            added, replaced = added + made.added, replaced + made.replaced
            if made.added or made.replaced:
                texts[name] = made.content
        if not problems:
            problems = _loaded(folder, texts, words)
        if problems or not texts:
            return Written(problems=tuple(problems))
        quoted = {row.source: words.sources[row.source] for row in rows}
        _replace(folder, _with_sources(folder, quoted) | texts)
        return Written(tuple(texts), added, replaced)


def last_import(folder: Path) -> tuple[str, ...]:
    """The files that `undo` would put back; empty without an import to undo."""
    last = _last(folder)
    return tuple(_journal(last)["made"]) if last else ()


def undo(folder: Path) -> Written:
    """Put back what the last import replaced, unless its files have changed since."""
    with _locked(folder):
        _recover(folder)
        last = _last(folder)
        if last is None:
            return Written(problems=(Problem("data", "aucun import à annuler",
                                             "Rien n’a été changé."),))
        changed = [name for name, digest in _journal(last)["made"].items()
                   if _digest(_content(folder / name)) != digest]
        if changed:
            return Written(problems=tuple(Problem(
                f"data/{name}", "le fichier a changé depuis l’import",
                f"Reprenez sa version précédente dans data/{KEPT}/{last.name}.")
                for name in changed))
        _write_journal(last, {**_journal(last), "state": "pending"})
        _put_back(folder, last)
        return Written(tuple(_journal(last)["made"]))


def recover(folder: Path) -> None:
    """Undo an import that was cut while it replaced files; nothing to do otherwise."""
    if any(_journal(entry)["state"] == "pending" for entry in _entries(folder)):
        with _locked(folder):  # perhaps an import that goes on: then nothing is left to undo
            _recover(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One import at a time, whatever the process: the system frees the lock of a dead one."""
    (folder / KEPT).mkdir(parents=True, exist_ok=True)
    with (folder / KEPT / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _last(folder: Path) -> Path | None:
    return next((entry for entry in reversed(_entries(folder))
                 if _journal(entry)["state"] == "done"), None)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _with_sources(folder: Path, quoted: dict[str, Source]) -> dict[str, bytes]:
    """data/sources.yaml followed by the documents that it does not have.

    Empty without any, and in a folder of yearly files alone.
    """
    before = _content(folder / SOURCES)
    if before is None:
        return {}
    known = yaml.safe_load(before) or {}
    entries = {key: source.model_dump(exclude_defaults=True) for key, source in quoted.items()
               if key not in known}
    if not entries:
        return {}
    texts = [yaml.safe_dump({key: entry}, allow_unicode=True, sort_keys=False, width=1000)
             for key, entry in entries.items()]
    return {SOURCES: before.rstrip() + "".join(f"\n\n{text}" for text in texts).encode()}


def _loaded(folder: Path, texts: dict[str, bytes], words: Vocabulary) -> list[Problem]:
    """What the reader of yearly files finds wrong in the new ones."""
    fresh = folder / KEPT / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    problems = []
    for name, content in texts.items():
        _store(fresh / name, content)
        problems += read_year(fresh / name, f"data/{name}", words)[1]
    return problems


def _replace(folder: Path, texts: dict[str, bytes]) -> None:
    entries = _entries(folder)
    entry = folder / KEPT / f"{int(entries[-1].name) + 1 if entries else 1:06d}"
    scratch = folder / KEPT / "entry"  # an entry has its name only when it is whole
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for name in texts:
        old = _content(folder / name)
        if old is not None:
            _store(scratch / name, old)
    made = {name: _digest(content) for name, content in texts.items()}
    _write_journal(scratch, {"state": "pending", "made": made})
    scratch.rename(entry)
    _synced(folder / KEPT)
    for name, content in texts.items():  # the documents first: a year quotes them
        _store(folder / KEPT / "next", content)
        _swap(folder / KEPT / "next", folder / name)
    _write_journal(entry, {"state": "done", "made": made})


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in (folder / KEPT).glob("[0-9]*") if entry.is_dir())


def _journal(entry: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((entry / "journal.json").read_text("utf-8"))
    return found


def _write_journal(entry: Path, journal: dict[str, Any]) -> None:
    _store(entry / "journal.new", json.dumps(journal).encode())
    (entry / "journal.new").replace(entry / "journal.json")
    _synced(entry)


def _recover(folder: Path) -> None:
    for entry in reversed(_entries(folder)):
        if _journal(entry)["state"] == "pending":
            _put_back(folder, entry)


def _put_back(folder: Path, entry: Path) -> None:
    """The files as they were before an import; done twice, it changes nothing more."""
    for name in reversed(_journal(entry)["made"]):
        old = _content(entry / name)
        if old is None:
            (folder / name).unlink(missing_ok=True)
        else:
            _store(folder / KEPT / "back", old)
            _swap(folder / KEPT / "back", folder / name)
    _write_journal(entry, {**_journal(entry), "state": "undone"})


def _swap(fresh: Path, target: Path) -> None:
    if target.exists():
        fresh.chmod(target.stat().st_mode & 0o777)
    fresh.replace(target)
    _synced(target.parent)


def _store(path: Path, content: bytes) -> None:
    """On the disk before it goes on, so that a power cut finds it whole."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
