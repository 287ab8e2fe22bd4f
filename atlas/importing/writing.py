"""Rows into data/<year>.csv: all the years at once or none, and back again (see journal)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from atlas.importing import journal
from atlas.importing.records import Row
from atlas.importing.yearly import merge_rows
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem
from atlas.settings import Source

SOURCES = "sources.yaml"


@dataclass(frozen=True)
class Written:
    """files: names of those replaced; added, replaced: rows; problems: why nothing was."""

    files: tuple[str, ...] = ()
    added: int = 0
    replaced: int = 0
    problems: tuple[Problem, ...] = ()


def accept(folder: Path, rows: list[Row], words: KnownKeys, *, replace: bool = False) -> Written:
    """Add rows to the yearly files of a folder, and the documents that they are the first to quote.

    Rows there already, as they are, are left alone; existing rows keep their bytes. replace: a row
    that contradicts one of the same source and page takes its place; without it, it is a problem.
    One problem, or one file that would not load, and no file is touched. words: its sources may
    hold documents that data/sources.yaml does not have yet.
    """
    with journal.lock(folder):
        texts, added, replaced, problems = dict[str, bytes](), 0, 0, list[Problem]()
        for year in sorted({row.period[:4] for row in rows}):
            name = f"{year}.csv"
            made = merge_rows(
                journal.content_of(folder / name),
                [row for row in rows if row.period[:4] == year],
                name,
                replace=replace,
            )
            problems += made.problems
            added, replaced = added + made.added, replaced + made.replaced
            if made.added or made.replaced:
                texts[name] = made.content
        if not problems:
            problems = _problems(texts, words)
        if problems or not texts:
            return Written(problems=tuple(problems))
        quoted = {row.source: words.sources[row.source] for row in rows}
        # The documents first: a year quotes them.
        journal.replace_files(folder, _with_sources(folder, quoted) | texts)
        return Written(tuple(texts), added, replaced)


def last_import(folder: Path) -> tuple[str, ...]:
    """The files that `undo` would put back; empty without an import to undo."""
    last = journal.last_entry(folder)
    return journal.names_of(last) if last else ()


def undo(folder: Path) -> Written:
    """Put back what the last import replaced, unless its files have changed since."""
    with journal.lock(folder):
        last = journal.last_entry(folder)
        if last is None:
            return Written(
                problems=(Problem("data", "aucun import à annuler", "Rien n’a été changé."),)
            )
        changed = journal.changed_since(folder, last)
        if changed:
            return Written(
                problems=tuple(
                    Problem(
                        f"data/{name}",
                        "le fichier a changé depuis l’import",
                        f"Reprenez sa version précédente dans data/{journal.KEPT}/{last.name}.",
                    )
                    for name in changed
                )
            )
        journal.put_back(folder, last)
        return Written(journal.names_of(last))


def recover(folder: Path) -> None:
    """Undo an import that was cut while it replaced files; nothing to do otherwise."""
    if journal.is_pending(folder):
        with journal.lock(folder):  # perhaps an import that goes on: it is waited for
            pass


def _with_sources(folder: Path, quoted: dict[str, Source]) -> dict[str, bytes]:
    """data/sources.yaml followed by the documents that it does not have.

    Empty without any, and in a folder of yearly files alone.
    """
    before = journal.content_of(folder / SOURCES)
    if before is None:
        return {}
    known = yaml.safe_load(before) or {}
    texts = [
        yaml.safe_dump(
            {key: source.model_dump(exclude_defaults=True)},
            allow_unicode=True,
            sort_keys=False,
            width=1000,
        )
        for key, source in quoted.items()
        if key not in known
    ]
    added = "".join(f"\n\n{text.rstrip()}" for text in texts)
    return {SOURCES: before.rstrip() + f"{added}\n".encode()} if texts else {}


def _problems(texts: dict[str, bytes], words: KnownKeys) -> list[Problem]:
    """What the reader of yearly files finds wrong in the new ones."""
    found = []
    with TemporaryDirectory() as fresh:
        for name, content in texts.items():
            path = Path(fresh) / name
            path.write_bytes(content)
            found += read_year(path, f"data/{name}", words)[1]
    return found
