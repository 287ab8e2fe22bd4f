"""What came of a change that was asked of the store, for who asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.problems import Problem
from atlas.store.store import InterruptedChangeError, StoreError


@dataclass(frozen=True)
class WriteResult:
    """What was written.

    ``files``: names of those replaced. ``added``, ``replaced``: counts of rows. ``problems``: why
    nothing was written; empty otherwise. ``is_interrupted``: something was, could not be put back
    yet, and the problems say so.
    """

    files: tuple[str, ...] = ()
    added: int = 0
    replaced: int = 0
    problems: tuple[Problem, ...] = ()
    is_interrupted: bool = False


def not_written(refused: StoreError) -> WriteResult:
    """What a change that the store refused, or could not finish, comes to."""
    return WriteResult(
        problems=refused.problems, is_interrupted=isinstance(refused, InterruptedChangeError)
    )


def write_problem(name: str, reason: OSError) -> Problem:
    """Of a file that the system does not let the program write."""
    return Problem(
        name, f"impossible d’écrire ({reason.strerror})", "Vérifiez les droits et la place libre."
    )
