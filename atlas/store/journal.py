"""What the store says of each change, in .precedent/ of the data folder, and reads with caution.

Each change has a folder: its number, then its state as a suffix, so that a state changes by the
renaming of a folder, which is there or not and needs no room on a full disk.

    000007.pending   files are being replaced, or were when their writer was killed
    000007           done
    000007.undone    put back
    000007.aside     its journal cannot be read; somebody has seen it

In it, the files as they were before, by name, and journal.json, which never changes.
"""

from __future__ import annotations

import datetime as dt
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from atlas.problems import Problem
from atlas.store.names import DATA, is_allowed_name, is_data_name

HISTORY_FOLDER = ".precedent"
JOURNAL_FILE = "journal.json"
MAX_JOURNAL_BYTES = 1_000_000
State = Literal["done", "pending", "undone", "aside"]
ChangeKind = Literal["import", "profile", "restore", "dossier", "comparison"]
_STATE_OF_SUFFIX: dict[str | None, State] = {
    None: "done",
    "pending": "pending",
    "undone": "undone",
    "aside": "aside",
}
_FOLDER_NAME = re.compile(r"([0-9]{6,9})(?:\.(pending|undone|aside))?", re.ASCII)


def _allow_name(name: str) -> str:
    if not is_allowed_name(name):
        raise ValueError(f"{name!r} is not a file that the store may change")
    return name


def _allow_former_name(name: str) -> str:
    if not is_data_name(f"{DATA}/{name}"):
        raise ValueError(f"{name!r} is not a file that an import may change")
    return name


def _check_time(text: str) -> str:
    if text:
        dt.datetime.fromisoformat(text)
    return text


_Digest = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{64})?$")]
_Name = Annotated[str, AfterValidator(_allow_name)]
_FormerName = Annotated[str, AfterValidator(_allow_former_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class About(_Strict):
    """What a change says of itself; all is empty when it said nothing.

    file: where it comes from, as its owner knows it. reading: how an import read it (see
    `ImportOrigin`). written_at: local time, ISO. added, replaced: counts of rows. sources: keys of
    the documents of the rows.
    """

    file: str = ""
    reading: str = ""
    written_at: Annotated[str, AfterValidator(_check_time)] = ""
    added: NonNegativeInt = 0
    replaced: NonNegativeInt = 0
    sources: tuple[str, ...] = ()


class Journal(_Strict):
    """before, made: SHA-256 of each file, by its name in the project; empty for one that did not
    exist, or that the change removed."""

    format: Literal[2] = 2
    kind: ChangeKind = "import"
    before: dict[_Name, _Digest]
    made: dict[_Name, _Digest] = Field(min_length=1)
    about: About = About()

    @model_validator(mode="after")
    def _same_files(self) -> Self:
        if list(self.before) != list(self.made):
            raise ValueError("before and made name different files")
        return self


class _FormerJournal(_Strict):
    """Until version 0.4.0: names of files of data/, and no digest of what they were."""

    state: Literal["pending", "done", "undone"]
    made: dict[_FormerName, _Digest] = Field(min_length=1)
    about: About = About()


_ANY_JOURNAL: TypeAdapter[Journal | _FormerJournal] = TypeAdapter(Journal | _FormerJournal)


@dataclass(frozen=True)
class Entry:
    """One change. before: None for one of a version that did not say it.

    The other fields are those of `Journal`.
    """

    folder: Path
    number: str
    state: State
    kind: ChangeKind
    before: dict[str, str] | None
    made: dict[str, str]
    about: About

    def kept_file(self, name: str) -> Path:
        """Where a file stands as it was before."""
        return self.folder / (name if self.before is not None else name.removeprefix(f"{DATA}/"))


def entry_state(folder_name: str) -> tuple[str, State] | None:
    """The number and the state that the name of a folder says; None for another folder."""
    match = _FOLDER_NAME.fullmatch(folder_name)
    if not match:
        return None
    return match[1], _STATE_OF_SUFFIX[match[2]]


def folder_name(number: str, state: State) -> str:
    """What the folder of a change is called in a state."""
    return number if state == "done" else f"{number}.{state}"


def read_entry(folder: Path, shown: str) -> tuple[Entry | None, list[Problem]]:
    """A change from its folder, or why its journal is not to be believed. Nothing is done here.

    shown: the folder as people know it.
    """
    found = entry_state(folder.name)
    assert found, f"{folder} is not the folder of a change"
    number, state = found
    content = _read_small_file(folder / JOURNAL_FILE)
    if content is None:
        return None, [_unreadable(shown, number, state, "il est absent ou illisible")]
    if not content.strip():
        return None, [_unreadable(shown, number, state, "il est vide")]
    try:
        journal = _ANY_JOURNAL.validate_json(content)
    except ValidationError:
        return None, [_unreadable(shown, number, state, "son contenu n’est pas celui attendu")]
    if isinstance(journal, Journal):
        return Entry(
            folder, number, state, journal.kind, journal.before, journal.made, journal.about
        ), []
    # Then the journal said the state, and the folder nothing.
    said: State = journal.state if state == "done" else state
    made = {f"{DATA}/{name}": digest for name, digest in journal.made.items()}
    return Entry(folder, number, said, "import", None, made, journal.about), []


def _read_small_file(path: Path) -> bytes | None:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_JOURNAL_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _unreadable(shown: str, number: str, state: State, why: str) -> Problem:
    name = f"{shown}/{JOURNAL_FILE}"
    if state == "pending":
        return Problem(
            name,
            f"une écriture a été interrompue, et le journal qui permet de la défaire ne peut pas "
            f"être suivi : {why}",
            "Restaurez une sauvegarde (python -m atlas restore FICHIER), ou vérifiez les fichiers "
            "puis mettez ce journal de côté (python -m atlas recover --set-aside).",
            where=f"n° {int(number)}",
        )
    return Problem(
        name,
        f"le journal de ce changement ne peut pas être suivi : {why}",
        "Les chiffres restent affichés, mais ce changement ne peut plus être annulé. Mettez ce "
        "journal de côté : python -m atlas recover --set-aside.",
        where=f"n° {int(number)}",
    )
