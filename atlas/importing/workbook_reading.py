"""Bytes of a file from outside → what is read in it, by a guarded worker, under limits.

Each function takes a ``Guard``; None reads in this process, for files that are trusted: a damaged
workbook then raises what its reader raises.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from atlas.guarded_worker import Guard, ReadingFailed, read_guarded, warm_up
from atlas.importing.column_detection import TableProposal
from atlas.importing.file_parsing import SPLIT_CURE, is_workbook, problem_before_reading
from atlas.importing.records import Extraction
from atlas.importing.sheet import Sheet
from atlas.importing.sheet_transfer import sheets_of_lines
from atlas.importing.worker_readers import (
    PROBLEMS,
    dump_proposal,
    extraction_answer,
    file_answer,
    load_extraction,
    load_proposal,
    profile_extraction_answer,
    proposal_answer,
    sheets_answer,
)
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile, ProfileColumn

Read = TypeVar("Read")
DEFAULT_GUARD = Guard()


@dataclass(frozen=True)
class FileReading:
    """What is read in a file before anybody corrects it.

    ``sheets``: none when it is refused; ``problems``: why. ``profiles``: keys of those whose
    columns are all in the file. ``proposal``: None when no table is recognised.
    """

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    profiles: list[str] = field(default_factory=list)
    proposal: TableProposal | None = None


def prepare_workers() -> None:
    """Load what workers need in the background, before the first file comes."""
    warm_up(file_answer)


def read_sheets(
    content: bytes, name: str, guard: Guard | None = DEFAULT_GUARD
) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of an XLSX, XLS, ODS or CSV, or why there are none.

    ``name``: the file as its owner knows it, for messages; what it is is told by its content.
    """
    problem = problem_before_reading(content, name)
    if problem:
        return [], [problem]
    try:
        reading = _run(guard, _load_reading, sheets_answer, content, name)
    except ReadingFailed as failure:
        return [], [problem_of_failure(failure, content, name)]
    return reading.sheets, reading.problems


def read_file(content: bytes, name: str, known_keys: KnownKeys, guard: Guard | None) -> FileReading:
    """The sheets of a file, the profiles that read it and what is proposed for it."""
    problem = problem_before_reading(content, name)
    if problem:
        return FileReading(problems=[problem])
    try:
        return _run(guard, _load_reading, file_answer, content, name, known_keys)
    except ReadingFailed as failure:
        return FileReading(problems=[problem_of_failure(failure, content, name)])


def read_proposal(
    content: bytes,
    name: str,
    sheets: list[Sheet],
    known_keys: KnownKeys,
    guard: Guard | None,
    *,
    place: int | None = None,
    profile_key: str = "",
) -> tuple[TableProposal | None, list[Problem]]:
    """The proposal for one sheet of a file, or for all; by a profile, or by none. With a problem
    when it could not be made; None without one when no table is recognised.

    ``sheets``: those that the file gave; ``place``: of the one among them, None for all.
    """
    try:
        proposal = _run(
            guard,
            partial(load_proposal, sheets=sheets),
            proposal_answer,
            content,
            name,
            known_keys,
            place,
            profile_key,
        )
    except ReadingFailed as failure:
        return None, [problem_of_failure(failure, content, name)]
    return proposal, []


def read_rows(
    content: bytes,
    name: str,
    sheets: list[Sheet],
    proposal: TableProposal,
    columns: dict[int, ProfileColumn],
    profile: ImportProfile,
    known_keys: KnownKeys,
    guard: Guard | None,
) -> Extraction:
    """The rows of the tables of a proposal once its columns are settled, as ``extract_tables``
    gives them; one refusal when they could not be read.

    ``sheets``: those that the file gave. ``columns``: what each column holds, by its place.
    """
    dumped = dump_proposal(proposal, sheets)
    try:
        extraction = _run(
            guard,
            load_extraction,
            extraction_answer,
            content,
            name,
            known_keys,
            dumped,
            columns,
            profile,
        )
    except ReadingFailed as failure:
        return Extraction(name, refusals=[problem_of_failure(failure, content, name)])
    if extraction.is_empty and not any(guess.question for guess in proposal.guesses):
        place = proposal.sheet.address(proposal.header.rows[-1], 0)
        extraction.refusals.append(_no_figure_problem(extraction, place))
    return extraction


def read_rows_by_profile(
    content: bytes, name: str, profile: ImportProfile, known_keys: KnownKeys, guard: Guard | None
) -> Extraction:
    """The rows that a profile reads in a file, as ``extract_rows`` gives them; one refusal when
    they could not be read."""
    try:
        extraction = _run(
            guard, load_extraction, profile_extraction_answer, content, name, known_keys, profile
        )
    except ReadingFailed as failure:
        return Extraction(name, refusals=[problem_of_failure(failure, content, name)])
    if extraction.is_empty:
        extraction.refusals.append(_no_figure_problem(extraction, "A1"))
    return extraction


def _no_figure_problem(extraction: Extraction, place: str) -> Problem:
    """Of a table that ends where it begins, at a line of text for instance, or whose rows are all
    left out. place: the cell of its titles."""
    if extraction.rows_read:
        message = "aucun chiffre n’est lu dans ce tableau : ses lignes sont toutes laissées de côté"
        cure = "Dites ce que contient chaque colonne dans la page Importer."
    else:
        message = "aucun chiffre n’est lu sous les titres de ce tableau"
        cure = "Retirez les lignes de texte ou vides qui les séparent des chiffres."
    return Problem(extraction.name, message, cure, where=place)


def problem_of_failure(failure: ReadingFailed, content: bytes, name: str) -> Problem:
    """Why a worker could not read a file, said of it; its place is the whole file."""
    if failure.kind == "error" and is_workbook(content):
        return Problem(
            name,
            "le classeur est abîmé ou d’une forme inconnue",
            "Ouvrez-le dans un tableur et enregistrez-le de nouveau en XLSX.",
            where="A1",
        )
    cure = SPLIT_CURE if failure.kind in ("time", "memory") else failure.cure
    return Problem(name, failure.message, cure, where="A1")


def _run(
    guard: Guard | None,
    parse: Callable[[bytes], Read],
    reader: Callable[..., bytes],
    *arguments: object,
) -> Read:
    if guard is None:
        return parse(reader(*arguments))
    return read_guarded(guard, reader, *arguments, parse=parse)


def _load_reading(answer: bytes) -> FileReading:
    first, *lines = answer.split(b"\n")
    head = json.loads(first)
    sheets = sheets_of_lines(lines)
    return FileReading(
        sheets,
        PROBLEMS.validate_python(head["problems"]),
        [str(key) for key in head["profiles"]],
        load_proposal(head["proposal"].encode(), sheets),
    )
