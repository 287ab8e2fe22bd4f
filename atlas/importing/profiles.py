"""An import profile from columns that a person corrected, its YAML, and what it reads in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from atlas.importing.column_detection import TableProposal
from atlas.importing.header import MatchedTable, match_tables
from atlas.importing.records import ColumnGuess
from atlas.importing.sheet import Sheet
from atlas.settings.import_profiles import ImportProfile, ProfileColumn
from atlas.settings.yaml_writing import entry_text

UNREAD_COLUMN_REASON = "Le profil ne lit pas cette colonne."


def build_profile(
    proposal: TableProposal,
    columns: list[ProfileColumn],
    label: str,
    *,
    base: ImportProfile | None = None,
    **fields: Any,
) -> ImportProfile:
    """The profile of a proposal once its columns are corrected.

    ``base``: a profile whose other fields are kept. ``fields``: of ImportProfile (territory, page,
    note…), which go before those of the base and of the proposal. Raises pydantic's
    ValidationError, a ValueError whose sentences are French, when the columns do not make a table.
    """
    kept = base.model_dump(exclude={"columns", "label"}) if base else {}
    return ImportProfile(
        label=label, columns=columns, **(kept | {"level": proposal.level} | fields)
    )


def proposal_from_profile(sheets: list[Sheet], profile: ImportProfile) -> TableProposal | None:
    """What a profile reads in a file, as a proposal to be corrected; None when it reads nothing.

    Of several sheets that have its columns, the one of the last period; the others are named.
    """
    tables = match_tables(sheets, profile)
    if not tables or tables[0].missing:
        return None
    proposals = [
        TableProposal(
            table.sheet,
            table.header,
            _guesses_of_profile(table, profile),
            profile.level,
            profile.period or table.header.period,
            profile.territory,
        )
        for table in tables
    ]
    read = max(proposals, key=lambda proposal: proposal.period)
    others = tuple(p.location for p in proposals if p is not read)
    return replace(read, other_tables=others)


def _guesses_of_profile(table: MatchedTable, profile: ImportProfile) -> tuple[ColumnGuess, ...]:
    spec_by_index = {column.index: column.spec for column in table.columns}
    reason = f"Lue par le profil « {profile.label} »."
    return tuple(
        ColumnGuess(index, spec_by_index[index], reason)
        if index in spec_by_index
        else ColumnGuess(index, ProfileColumn(header=text, holds="ignored"), UNREAD_COLUMN_REASON)
        for index, text in enumerate(table.header.texts)
        if text
    )


def columns_by_place(
    proposal: TableProposal, columns: Sequence[ProfileColumn]
) -> dict[int, ProfileColumn]:
    """What each column of a proposal holds once corrected, by its place in the rows of the sheet.

    ``columns``: one for each guess, in the same order.
    """
    return {guess.index: column for guess, column in zip(proposal.guesses, columns, strict=True)}


def find_matching_profiles(sheets: list[Sheet], profiles: dict[str, ImportProfile]) -> list[str]:
    """Keys of the profiles whose columns are all in the file: next year's file is one click."""
    return [key for key, profile in profiles.items() if proposal_from_profile(sheets, profile)]


def profile_fields(profile: ImportProfile) -> dict[str, Any]:
    """What config/imports.yaml says of a profile: defaults are left out."""
    return profile.model_dump(exclude_defaults=True)


def profile_text(key: str, profile: ImportProfile) -> str:
    """The entry of a profile in config/imports.yaml, indented as it stands there."""
    return entry_text(key, profile_fields(profile))
