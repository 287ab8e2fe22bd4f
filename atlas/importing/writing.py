"""Rows into data/<year>.csv: all the years at once or none, and back again.

data/.precedent/<number>/ keeps what an import replaced and what it made of it, with a journal. The
journal is written before the first file is replaced and closed after the last: an import that was
cut in between is undone by the next one, or by `recover`.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.figures.checks import COLUMNS, Vocabulary
from atlas.figures.reading import read_year
from atlas.importing.records import Row
from atlas.problems import Problem

KEPT = ".precedent"
_KEY = ("territory", "indicator", "corridor", "period", "source", "page")


@dataclass(frozen=True)
class Written:
    """files: names of the yearly files replaced; added: rows; problems: why nothing was."""

    files: tuple[str, ...] = ()
    added: int = 0
    problems: tuple[Problem, ...] = ()


def accept(folder: Path, rows: list[Row], words: Vocabulary) -> Written:
    """Add rows to the yearly files of a folder. Rows there already, as they are, are left alone.

    Existing rows keep their bytes. One file that would not load, or one row that contradicts a
    row of the same source and page, and no file is touched.
    """
    with _locked(folder):
        _recover(folder)
        texts, added, problems = {}, 0, []
        for year in sorted({row.period[:4] for row in rows}):
            name = f"{year}.csv"
            old = _content(folder / name)
            new, count, wrong = _grown(old, [r for r in rows if r.period[:4] == year], name)
            problems += wrong
            if count:
                texts[name] = new
                added += count
        if not problems:
            problems = _loaded(folder, texts, words)
        if problems or not texts:
            return Written(problems=tuple(problems))
        _replace(folder, texts)
        return Written(tuple(texts), added)


def undo(folder: Path) -> Written:
    """Put back what the last import replaced, unless its files have changed since."""
    with _locked(folder):
        _recover(folder)
        last = next((entry for entry in reversed(_entries(folder))
                     if _journal(entry)["state"] == "done"), None)
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


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _grown(old: bytes | None, rows: list[Row], name: str) -> tuple[bytes, int, list[Problem]]:
    """The file with the rows that it does not have yet, and those that contradict one it has."""
    before = old or (",".join(COLUMNS) + "\n").encode()
    there = {tuple(entry[c] for c in _KEY): entry for entry in csv.DictReader(
        io.StringIO(before.decode("utf-8-sig", "replace"), newline=""))
        if all(isinstance(entry.get(c), str) for c in _KEY)}
    fresh, problems = io.StringIO(), []
    lines, count = csv.writer(fresh, lineterminator=_ending(before)), 0
    for row in rows:
        known = there.get(tuple(getattr(row, c) for c in _KEY))
        if known is None:
            lines.writerow(row.texts())
            count += 1
        elif _differs(known, row):
            problems.append(Problem(
                f"data/{name}", f"la même source publie déjà « {known['value']} » pour "
                f"{row.territory}, le fichier dit « {row.value} »",
                "Retirez l’ancienne ligne si la source l’a corrigée, ou changez de source.",
                where=row.cell))
    joint = b"" if before.endswith((b"\n", b"\r")) else _ending(before).encode()
    return before + joint + fresh.getvalue().encode(), count, problems


def _ending(content: bytes) -> str:
    return "\r\n" if b"\r\n" in content else "\n"


def _differs(known: dict[str, Any], row: Row) -> bool:
    same = all(_number(known[c]) == _number(getattr(row, c)) for c in ("value", "change"))
    return not same or known["qualifier"] != row.qualifier


def _number(text: str | None) -> float | str:
    try:
        return float(text or "")
    except ValueError:
        return text or ""


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
    for name in texts:
        _swap(folder / KEPT / "new" / name, folder / name)
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
    for name in _journal(entry)["made"]:
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
