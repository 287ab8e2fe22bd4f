"""What a file gives when nobody corrects what is proposed for it: rows, and all that is said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pandas as pd

from atlas.guarded_worker import Guard
from atlas.importing.cells import KIND_LABELS
from atlas.importing.column_detection import TableProposal
from atlas.importing.doubts import Doubt
from atlas.importing.profiles import build_profile
from atlas.importing.records import ImportedRow
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.workbook_reading import read_file, read_rows
from atlas.observations.checks import ROW_COLUMNS, KnownKeys
from atlas.problems import Problem
from atlas.settings import Source

# Stands for the document that a person has not named yet: rows of it are shown and not written.
_UNKNOWN_SOURCE_KEY = "source-a-preciser"
_UNKNOWN_SOURCE = Source(
    title="Source à préciser",
    publisher="Non précisé",
    published="2000",
    licence="Non précisée",
    grade="producer",
)


@dataclass
class ProposedImport:
    """What the proposal alone would write.

    ``rows``: those of data/<year>.csv. ``refusals``: cells that cannot be read, and why a file
    gives nothing. ``questions``: columns that are not read before a person says what they are, with
    the cell of their titles. ``doubts``: figures that read well and look wrong. ``notes``: what is
    not read, what was repaired, and the notes of the table. ``report``: what the rows would change,
    None for a file without a table.
    """

    rows: list[ImportedRow] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    report: FileReport | None = None


def propose_import(
    content: bytes,
    name: str,
    known_keys: KnownKeys,
    published: pd.DataFrame,
    *,
    source: str = "",
    period: str = "",
    guard: Guard | None = None,
) -> ProposedImport:
    """Read a file by what is proposed for it. ``name``: the file, as its owner knows it.

    ``guard``: under which limits a file from outside is read; None for one that is trusted.

    ``published``: rows of all years, as ``atlas.observations`` loads them. ``source``, ``period``:
    of the figures, where the file does not say them; without a source the rows have none, and
    cannot be written. Writes nothing.
    """
    reading = read_file(content, name, known_keys, guard)
    if reading.problems:
        return ProposedImport(refusals=reading.problems)
    sheets, proposal = reading.sheets, reading.proposal
    if proposal is None:
        problem = Problem(
            name,
            "aucun tableau n’est reconnu",
            "Il faut une ligne de titres au-dessus des chiffres.",
            where=sheets[0].address(0, 0),
        )
        return ProposedImport(refusals=[problem])
    result = ProposedImport(
        questions=questions_of(proposal, name), notes=_what_is_ignored(proposal, name)
    )
    specs = {guess.index: guess.column for guess in proposal.guesses}
    try:
        profile = build_profile(
            proposal,
            list(specs.values()),
            name,
            territory=proposal.territory if proposal.level == "none" else "",
            source=source,
            period=period,
        )
    except ValueError:
        result.refusals.append(
            Problem(
                name,
                "les colonnes reconnues ne suffisent pas : il faut un territoire, dans une colonne "
                "ou dans les titres, et une valeur",
                "Dites ce que contient chaque colonne dans la page Importer.",
                where=proposal.sheet.address(proposal.header.rows[0], 0),
            )
        )
        return result
    if not source and not profile.has("source"):
        sources = {**known_keys.sources, _UNKNOWN_SOURCE_KEY: _UNKNOWN_SOURCE}
        known_keys = replace(known_keys, sources=sources)
        profile = profile.model_copy(update={"source": _UNKNOWN_SOURCE_KEY})
        result.notes.append(Problem(name, "la source manque", "Indiquez-la (--source)."))
    extraction = read_rows(content, name, sheets, proposal, specs, profile, known_keys, guard)
    extraction.rows = [
        replace(row, source="") if row.source == _UNKNOWN_SOURCE_KEY else row
        for row in extraction.rows
    ]
    read = import_of_report(compare_with_published(extraction, profile, published, known_keys))
    return replace(
        read,
        refusals=[*result.refusals, *read.refusals],
        questions=result.questions,
        notes=[*result.notes, *read.notes],
    )


def import_of_report(report: FileReport) -> ProposedImport:
    """What a report says, as that of a proposal: rows, refusals, doubts and notes."""
    extraction = report.extraction
    texts = [
        Problem(extraction.name, f"note du tableau : {text}", "") for text in extraction.table_notes
    ]
    blanks = [
        Problem(
            extraction.name,
            f"cellule sans chiffre : {KIND_LABELS[blank.kind]}",
            "",
            where=blank.cell,
        )
        for blank in extraction.blanks
    ]
    return ProposedImport(
        rows=extraction.rows,
        refusals=extraction.refusals,
        doubts=report.doubts,
        notes=[*extraction.notes, *blanks, *texts],
        report=report,
    )


def proposed_import_json(proposed: ProposedImport) -> str:
    """A proposed import as a JSON object.

    ``rows``: objects with the columns of data/<year>.csv, as texts, and ``cell``. ``refusals``
    (questions included, for what they are about is not read), ``notes``: objects with ``cell``,
    ``message`` and ``cure``. ``doubts``: with ``cell`` and ``message``.
    """

    def described(problems: list[Problem]) -> list[dict[str, str]]:
        return [{"cell": p.where, "message": p.message, "cure": p.cure} for p in problems]

    return json.dumps(
        {
            "rows": [
                {**dict(zip(ROW_COLUMNS, row.texts(), strict=True)), "cell": row.cell}
                for row in proposed.rows
            ],
            "refusals": described([*proposed.questions, *proposed.refusals]),
            "questions": described(proposed.questions),
            "doubts": [{"cell": d.cell, "message": d.message} for d in proposed.doubts],
            "notes": described(proposed.notes),
        },
        ensure_ascii=False,
        indent=1,
    )


def questions_of(proposal: TableProposal, name: str) -> list[Problem]:
    """What must be settled before the columns of a proposal are read, with the cells of titles."""
    return [
        Problem(
            name,
            f"{guess.question} {guess.reason}".rstrip("."),
            "Répondez dans la page Importer, ou précisez le titre de la colonne.",
            where=proposal.sheet.address(proposal.header.rows[-1], guess.index),
        )
        for guess in proposal.guesses
        if guess.question
    ]


def _what_is_ignored(proposal: TableProposal, name: str) -> list[Problem]:
    """The other tables, hidden sheets and columns that are not read."""
    notes = []
    if proposal.warning:
        notes.append(Problem(name, proposal.warning.rstrip("."), ""))
    for guess in proposal.guesses:
        is_empty = guess.reason == "La colonne est vide."
        if guess.column.holds == "ignored" and not guess.question and not is_empty:
            where = proposal.sheet.address(proposal.header.rows[-1], guess.index)
            text = proposal.header.texts[guess.index]
            notes.append(
                Problem(name, f"colonne « {text} » non lue. {guess.reason}", "", where=where)
            )
    return notes
