"""What a file gives when nobody corrects what is proposed for it: rows, and all that is said."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from atlas.importing.column_detection import TableProposal, propose_table
from atlas.importing.profiles import build_profile
from atlas.importing.records import ImportedRow
from atlas.importing.report import Doubt, FileReport, compare_with_published
from atlas.importing.row_extraction import extract_tables
from atlas.importing.sheet import Sheet
from atlas.importing.workbook_reading import read_sheets
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem


@dataclass
class ProposedImport:
    """What the proposal alone would write.

    ``rows``: those of data/<year>.csv. ``refusals``: cells that cannot be read, and why a file
    gives nothing. ``questions``: columns that are not read before a person says what they are, with
    the cell of their titles. ``doubts``: figures that read well and look wrong. ``notes``: what is
    not read, what was repaired, and the notes of the table.
    """

    rows: list[ImportedRow] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def propose_import(
    content: bytes,
    name: str,
    known_keys: KnownKeys,
    published: pd.DataFrame,
    *,
    source: str = "",
    period: str = "",
) -> ProposedImport:
    """Read a file by what is proposed for it. ``name``: the file, as its owner knows it.

    ``published``: rows of all years, as ``atlas.observations`` loads them. ``source``, ``period``:
    of the figures, where the file does not say them. Writes nothing.
    """
    sheets, problems = read_sheets(content, name)
    if problems:
        return ProposedImport(refusals=problems)
    proposal = propose_table(sheets, known_keys)
    if proposal is None:
        problem = Problem(
            name,
            "aucun tableau n’est reconnu",
            "Il faut une ligne de titres au-dessus des chiffres.",
            where=sheets[0].address(0, 0),
        )
        return ProposedImport(refusals=[problem])
    result = ProposedImport(
        questions=questions_of(proposal, name), notes=_what_is_ignored(sheets, proposal, name)
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
    extraction = extract_tables(proposal.matched_tables(specs), name, profile, known_keys)
    report: FileReport = compare_with_published(extraction, profile, published, known_keys)
    result.rows, result.doubts = extraction.rows, report.doubts
    result.refusals += extraction.refusals
    result.notes += extraction.notes
    result.notes += [
        Problem(name, f"note du tableau : {text}", "") for text in extraction.table_notes
    ]
    return result


def questions_of(proposal: TableProposal, name: str) -> list[Problem]:
    """What must be settled before the columns of a proposal are read, with the cells of titles."""
    return [
        Problem(
            name,
            guess.question,
            guess.reason,
            where=proposal.sheet.address(proposal.header.rows[-1], guess.index),
        )
        for guess in proposal.guesses
        if guess.question
    ]


def _what_is_ignored(sheets: list[Sheet], proposal: TableProposal, name: str) -> list[Problem]:
    """The other tables, the hidden sheets and the columns that are not read."""
    notes = []
    if proposal.warning:
        notes.append(Problem(name, proposal.warning.rstrip("."), ""))
    for sheet in sheets:
        if sheet.hidden and sheet.name != proposal.sheet.name:
            notes.append(
                Problem(
                    name,
                    f"la feuille « {sheet.name} » est masquée dans le classeur, elle n’est pas lue",
                    "Affichez-la si elle doit l’être.",
                )
            )
    for guess in proposal.guesses:
        is_empty = guess.reason == "La colonne est vide."
        if guess.column.holds == "ignored" and not guess.question and not is_empty:
            where = proposal.sheet.address(proposal.header.rows[-1], guess.index)
            text = proposal.header.texts[guess.index]
            notes.append(
                Problem(name, f"colonne « {text} » non lue. {guess.reason}", "", where=where)
            )
    return notes
