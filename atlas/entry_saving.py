"""Dossiers and comparisons read as they are written, and written back where they stand: in
config.yaml, or in a file of their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter

from atlas.guarded_worker import Guard, ReadingFailed, read_guarded
from atlas.problems import Problem
from atlas.settings.entry_files import Section, entry_file, entry_name_problem
from atlas.settings.models import FILE_OF_SECTION
from atlas.settings.reading import read_entry_bytes
from atlas.settings.schema import schema_line
from atlas.settings.yaml_editing import CannotEdit, UnreadableText, find_entry, with_changed_entry
from atlas.settings.yaml_writing import fields_text
from atlas.store.durable_files import read_if_exists
from atlas.store.journal import About, ChangeKind
from atlas.store.store import Store, StoreError, project_store
from atlas.store.write_result import WriteResult, not_written, write_problem

#: The problems of a file that would take the place of another, or stand beside the others, by its
#: name in the project.
Check = Callable[[str, Path], list[Problem]]
#: Of a file of one entry that comes from outside: the longest shipped dossier has 6 kB.
MAX_ENTRY_BYTES = 200_000
# What a worker says of a file: its fields, or what is wrong.
_ANSWER = TypeAdapter(tuple[dict[str, Any] | None, list[Problem]])
_KINDS: dict[Section, ChangeKind] = {"dossiers": "dossier", "comparisons": "comparison"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class EntryVersion:
    """A dossier or a comparison as it is written now.

    file: where it stands, as a path of the project. fields: as plain values of YAML, without the
    defaults of what is left out. digest: of these values; comments and style do not change it.
    """

    section: Section
    key: str
    file: str
    fields: dict[str, Any]
    digest: str


@dataclass(frozen=True)
class SaveOutcome:
    """What came of saving. written: its files, or why there are none; no file and no problem when
    the entry was already so. conflict: the present version, where somebody else changed it."""

    written: WriteResult = field(default_factory=WriteResult)
    conflict: EntryVersion | None = None


def digest_of_fields(fields: Mapping[str, Any]) -> str:
    """The same for the same values, whatever the order of the keys."""
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def read_entry(base: Path, section: Section, key: str) -> EntryVersion | None:
    """The present version of an entry of a project folder; None when there is none, or when its
    file cannot be read."""
    try:
        return _present(project_store(base), section, key)
    except (OSError, StoreError, UnreadableText):
        return None


def read_entry_text(
    content: bytes, section: Section, file_name: str
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The fields of a file of one entry that was sent; None with what is wrong in it.

    file_name: as its owner knows it. What it names (territories, indicators) is not checked.
    """
    if len(content) > MAX_ENTRY_BYTES:
        return None, [
            Problem(
                file_name,
                f"le fichier dépasse {MAX_ENTRY_BYTES // 1000} ko : ce n’est pas un seul dossier, "
                "ni une seule comparaison",
                "Vérifiez qu’il s’agit bien du bon fichier.",
            )
        ]
    return read_entry_bytes(content, file_name, section)


def read_sent_entry(
    content: bytes, section: Section, file_name: str, guard: Guard
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """As `read_entry_text`, of a file from outside: read in a process of its own."""
    try:
        return read_guarded(
            guard, _entry_answer, content, section, file_name, parse=_entry_of_answer
        )
    except ReadingFailed as failure:
        return None, [Problem(file_name, failure.message, failure.cure)]


def _entry_answer(content: bytes, section: Section, file_name: str) -> bytes:
    """What a worker says of a file."""
    fields, problems = read_entry_text(content, section, file_name)
    return _ANSWER.dump_json((fields, problems))


def _entry_of_answer(answer: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    return _ANSWER.validate_json(answer)


def entry_file_text(section: Section, fields: Mapping[str, Any]) -> str:
    """The file of one entry, to be sent and dropped in config/: the same text for the same
    fields."""
    return schema_line(section) + fields_text(fields)


def save_entry(
    base: Path,
    section: Section,
    key: str,
    fields: Mapping[str, Any],
    check: Check,
    *,
    based_on: str | None,
    overwrite: bool = False,
) -> SaveOutcome:
    """Write an entry where it stands, or in a file of its own when it is new, and nothing else.

    based_on: the digest of the version that was changed, None for a new entry; when the present one
    is another, nothing is written, unless it is to be overwritten. check: with a problem of what
    would be written, files are left as they were. What the system does not let be written is a
    problem too, with nothing changed.
    """
    name_problem = entry_name_problem(entry_file(section, key))
    if name_problem:
        return SaveOutcome(WriteResult(problems=(name_problem,)))
    store = project_store(base)
    try:
        with store.exclusive_access():
            present = _present(store, section, key)
            if present and present.digest == digest_of_fields(fields):
                return SaveOutcome()
            if not overwrite and (present.digest if present else None) != based_on:
                return _refused_as_changed(section, key, present)
            return SaveOutcome(_write(store, section, key, present, fields, check))
    except UnreadableText as unreadable:
        return SaveOutcome(WriteResult(problems=unreadable.problems))
    except StoreError as refused:
        return SaveOutcome(not_written(refused))
    except OSError as reason:
        return SaveOutcome(WriteResult(problems=(write_problem(entry_file(section, key), reason),)))


def remove_entry(
    base: Path, section: Section, key: str, *, based_on: str | None, overwrite: bool = False
) -> SaveOutcome:
    """Remove the file of an entry; one of config.yaml is left to who keeps that file.

    based_on, overwrite: as for `save_entry`. Nothing else in the configuration names an entry.
    """
    name = entry_file(section, key)
    store = project_store(base)
    try:
        with store.exclusive_access():
            present = _present(store, section, key)
            if present is None:
                return SaveOutcome()
            if present.file != name:
                return SaveOutcome(WriteResult(problems=(_kept_in_file(present),)))
            if not overwrite and present.digest != based_on:
                return SaveOutcome(conflict=present)
            store.replace_files({name: None}, _KINDS[section], _about(key))
            return SaveOutcome(WriteResult((name,)))
    except UnreadableText as unreadable:
        return SaveOutcome(WriteResult(problems=unreadable.problems))
    except StoreError as refused:
        return SaveOutcome(not_written(refused))
    except OSError as reason:
        return SaveOutcome(WriteResult(problems=(write_problem(name, reason),)))


def undo_save(base: Path, section: Section, key: str) -> WriteResult:
    """Put back what the last saving or removal of an entry replaced, unless its file has changed
    since; no file and no problem when there is nothing to undo."""
    store = project_store(base)
    try:
        with store.exclusive_access():
            entries = (e for e in store.done_entries(_KINDS[section]) if e.about.file == key)
            entry = next(entries, None)
            if entry is None:
                return WriteResult()
            changed = store.changed_files(entry)
            if changed:
                return WriteResult(problems=tuple(_changed_since(name) for name in changed))
            store.put_back(entry)
            return WriteResult(tuple(entry.made))
    except StoreError as refused:
        return not_written(refused)
    except OSError as reason:
        return WriteResult(problems=(write_problem(entry_file(section, key), reason),))


def _present(store: Store, section: Section, key: str) -> EntryVersion | None:
    """Raises OSError and UnreadableText for a file that cannot be read, StoreError for a name that
    is no key."""
    shared, own = FILE_OF_SECTION[section], entry_file(section, key)
    for name, path in ((shared, (section, key)), (own, ())):
        content = read_if_exists(store.path(name))
        if content is None:
            continue
        fields = find_entry(_decoded(content, name), path, name)
        if fields is not None:
            return EntryVersion(section, key, name, fields, digest_of_fields(fields))
    return None


def _write(
    store: Store,
    section: Section,
    key: str,
    present: EntryVersion | None,
    fields: Mapping[str, Any],
    check: Check,
) -> WriteResult:
    name = present.file if present else entry_file(section, key)
    if present is None:
        content = entry_file_text(section, fields).encode()
    else:
        before = store.path(name).read_bytes()
        path = () if name == entry_file(section, key) else (section, key)
        try:
            text = with_changed_entry(_decoded(before, name), path, fields)
        except CannotEdit:
            return WriteResult(problems=(_unsuited(name, section, key),))
        mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b""
        content = mark + text.encode()
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / Path(name).name
        fresh.write_bytes(content)
        problems = check(name, fresh)
    if problems:
        return WriteResult(problems=tuple(problems))
    store.replace_files({name: content}, _KINDS[section], _about(key))
    return WriteResult((name,), added=int(present is None), replaced=int(present is not None))


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableText(
            [Problem(name, "le fichier n’est pas encodé en UTF-8", "Enregistrez-le en UTF-8.")]
        ) from None


def _about(key: str) -> About:
    written_at = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return About(file=key, written_at=written_at)


def _refused_as_changed(section: Section, key: str, present: EntryVersion | None) -> SaveOutcome:
    if present:
        return SaveOutcome(conflict=present)
    return SaveOutcome(
        WriteResult(
            problems=(
                Problem(
                    entry_file(section, key),
                    f"« {key} » a été retiré de la configuration entre-temps",
                    "Enregistrez-le de nouveau pour l’y remettre, ou sous une autre clé.",
                ),
            )
        )
    )


def _kept_in_file(present: EntryVersion) -> Problem:
    return Problem(
        present.file,
        f"« {present.key} » est dans {present.file}, et n’a pas de fichier à lui",
        f"Retirez cette entrée de « {present.section} » à la main.",
        where=f"{present.section}.{present.key}",
    )


def _unsuited(name: str, section: Section, key: str) -> Problem:
    return Problem(
        name,
        f"« {key} » ne peut pas y être changé sans risque pour le reste, dans la forme qu’a ce "
        "fichier",
        "Téléchargez l’entrée, et recopiez-la à la main.",
        where=f"{section}.{key}",
    )


def _changed_since(name: str) -> Problem:
    return Problem(
        name,
        "le fichier a changé depuis cet enregistrement",
        "Rien n’a été annulé : corrigez l’entrée, puis enregistrez-la.",
    )
