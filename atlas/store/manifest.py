"""The last good state of the yearly files: how many rows each had, and its bytes.

A yearly file that disappears, or that is cut at the end of a line, is still a correct file: only
what was there before tells that figures are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    NonNegativeInt,
    StringConstraints,
    ValidationError,
)

from atlas.store.names import is_yearly_name


def _allow_name(name: str) -> str:
    if not is_yearly_name(name):
        raise ValueError(f"{name!r} is not a yearly file")
    return name


class FileState(BaseModel):
    """rows: without the header; sha256: of the bytes, in hexadecimal digits."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    rows: NonNegativeInt
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """The states of the yearly files, by their name in the project."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    format: Literal[1] = 1
    files: dict[Annotated[str, AfterValidator(_allow_name)], FileState]


@dataclass(frozen=True)
class Loss:
    """A file with fewer rows than it had. now: None for a file that is not there."""

    name: str
    before: int
    now: int | None


def read_manifest(path: Path) -> Manifest | None:
    """What was kept; None without it, or when it cannot be read: it is a memory, made again."""
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def find_losses(
    known: Mapping[str, FileState], present: Mapping[str, FileState], *, refused: frozenset[str]
) -> list[Loss]:
    """What is missing from the present files, by name.

    refused: files that are there and cannot be read, whose own problems are said already.
    """
    return [
        Loss(name, state.rows, present[name].rows if name in present else None)
        for name, state in sorted(known.items())
        if name not in refused and (name not in present or present[name].rows < state.rows)
    ]


def merge_states(
    known: Mapping[str, FileState], present: Mapping[str, FileState]
) -> dict[str, FileState]:
    """The last good state: what is present, except for files with fewer rows than they had."""
    return dict(known) | {
        name: state
        for name, state in present.items()
        if name not in known or state.rows >= known[name].rows
    }
