"""What holds for a whole table: what its rows are, of which period. What was read can always be
seen and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from atlas import french
from atlas.importing.column_detection import TableProposal
from atlas.importing.header import MatchedColumn
from atlas.importing.profiles import build_profile, columns_by_place
from atlas.observations.checks import KnownKeys
from atlas.periods import is_period
from atlas.settings import ImportProfile, ProfileColumn, refusals
from atlas.settings.import_profiles import Holds
from atlas.territories import Kind
from atlas.ui.import_fields import (
    PERIOD_EXAMPLES,
    distinct_labels,
    french_period,
    lasting_selectbox,
    lasting_text,
    period_field,
)
from atlas.ui.import_reading import Reading
from atlas.ui.import_source import SourceChoice
from atlas.ui.markdown import escape_markdown

LEVEL_LABELS = {
    "departements": "des départements",
    "caisses": "des caisses",
    "regions": "des régions",
    "mixed": "des territoires de plusieurs sortes",
    "none": "celles d’un même territoire",
}
TERRITORY_KINDS: tuple[Kind, ...] = ("FR", "REG", "DEP")  # of rows that are all of one territory
_PERIOD_HELP = (
    "Vaut pour tout le tableau, à la place de ce que disent ses titres, ses colonnes et ses lignes."
)


@dataclass(frozen=True)
class TableFields:
    """What the visitor says of the whole table.

    ``period``: as the data write it, empty without one. ``replaces_period``: it was typed, and goes
    before what titles and rows say.
    """

    level: str
    territory: str
    period: str
    replaces_period: bool
    page: str
    note: str


def edit_table(
    container: DeltaGenerator,
    reading: Reading,
    base: ImportProfile | None,
    columns: Sequence[ProfileColumn],
    known_keys: KnownKeys,
) -> TableFields | None:
    """Ask for what holds for all rows, as it was read; None while a period is not one, which is
    said.

    ``base``: the profile that read the file, None for a proposal. ``columns``: as corrected.
    """
    proposal, key = reading.proposal, reading.key
    container.caption(escape_markdown(f"Lu à partir de {proposal.location}."))
    left, middle, right = container.columns(3)
    level = lasting_selectbox(left, "Les lignes sont", LEVEL_LABELS, proposal.level, f"{key}_level")
    period, replaces_period = _edit_period(middle, proposal, columns, key)
    territory = ""
    if level == "none":
        territory = _choose_territory(right, proposal, known_keys, key)
    page_container, note_container = container.columns([1, 2])
    page = lasting_text(
        page_container, "Page du document", base.page if base else "", f"{key}_page", kind="name"
    )
    note = lasting_text(
        note_container,
        "Note de chaque chiffre",
        base.note if base else "",
        f"{key}_note",
        kind="note",
    )
    if period and not is_period(period):
        return None
    return TableFields(level, territory, period, replaces_period, page, note)


def profile_of(
    reading: Reading,
    base: ImportProfile | None,
    columns: Sequence[ProfileColumn],
    table: TableFields,
    source: SourceChoice,
) -> ImportProfile | None:
    """The profile as the visitor corrects it; None while its columns make no table, which is said.

    What was typed for the whole table goes before what its titles, columns and rows say.
    """
    if table.replaces_period:
        columns = _without_periods(columns, reading.proposal)
    if not source.said_by_rows:
        columns = _without_role(columns, "source")
    fields = {
        "level": table.level,
        "territory": table.territory,
        "source": source.key,
        "period": table.period,
        "page": table.page,
        "note": table.note,
    }
    label = base.label if base else reading.key
    try:
        return build_profile(reading.proposal, list(columns), label, base=base, **fields)
    except ValidationError as reason:
        for problem in refusals(reason, ImportProfile, "colonnes"):
            st.warning(
                escape_markdown(
                    f"Il manque quelque chose : {problem.message}. {problem.cure}".strip()
                ),
                icon=":material/table:",
            )
        return None


def _edit_period(
    container: DeltaGenerator, proposal: TableProposal, columns: Sequence[ProfileColumn], key: str
) -> tuple[str, bool]:
    """The period of all figures as it is read or typed, and whether it was typed."""
    named = _periods_of_columns(proposal, columns)
    said_by_rows = any(column.holds == "period" for column in columns)
    dates = french.join_with_et([french_period(period) for period in named])
    read = named[0] if len(named) == 1 and not said_by_rows else ""
    example = PERIOD_EXAMPLES if not named else dates
    if said_by_rows:
        example, origin = "Dite par les lignes", "Chaque ligne du tableau dit la sienne."
    elif len(named) > 1:
        origin = f"Lues dans les titres des colonnes : {dates}."
    else:
        origin = "Lue dans les titres." if read else ""
    period, is_typed = period_field(
        container,
        "Période des chiffres",
        read,
        f"{key}_period",
        example=example,
        help=_PERIOD_HELP,
    )
    replaces = is_typed and bool(period)
    if replaces or origin:
        container.caption("Vaut pour tout le tableau." if replaces else escape_markdown(origin))
    if replaces:
        return period, True
    return "" if proposal.series else proposal.period, False  # each sheet says its own


def _periods_of_columns(proposal: TableProposal, columns: Sequence[ProfileColumn]) -> list[str]:
    """The periods of the columns of values, or of changes without any, as titles say them."""
    matched = _matched_columns(proposal, columns)
    for role in ("value", "change"):
        own = [column.period for column in matched if column.spec.holds == role]
        if own:
            above = proposal.period or next((period for period in own if period), "")
            return sorted({period or above for period in own} - {""})
    return []


def _matched_columns(
    proposal: TableProposal, columns: Sequence[ProfileColumn]
) -> tuple[MatchedColumn, ...]:
    """The columns where they stand in the table, even while they make no profile yet."""
    return proposal.matched_tables(columns_by_place(proposal, columns))[0].columns


def _without_periods(
    columns: Sequence[ProfileColumn], proposal: TableProposal
) -> list[ProfileColumn]:
    """Columns that no longer say a period: their titles are read as they are."""
    texts = proposal.header.texts
    bases = {column.index: column.compared_to for column in _matched_columns(proposal, columns)}
    kept = []
    for guess, column in zip(proposal.guesses, columns, strict=True):
        if "{period}" in column.header:
            base = bases.get(guess.index) or column.compared_to
            column = column.model_copy(update={"header": texts[guess.index], "compared_to": base})
        kept.append(column)
    return _without_role(kept, "period")


def _without_role(columns: Sequence[ProfileColumn], role: Holds) -> list[ProfileColumn]:
    """The columns, those that hold something ignored."""
    return [
        column.model_copy(update={"holds": "ignored"}) if column.holds == role else column
        for column in columns
    ]


def _choose_territory(
    container: DeltaGenerator, proposal: TableProposal, known_keys: KnownKeys, key: str
) -> str:
    territories = known_keys.territories
    codes = ["", *(code for kind in TERRITORY_KINDS for code in territories.of_kind(kind))]
    labels = distinct_labels(codes, lambda code: territories[code].label if code else "Choisissez…")
    return lasting_selectbox(container, "Territoire", labels, proposal.territory, f"{key}_place")
