"""A recipe from what a person settled, its text for config.yaml, and what it reads in a file."""

from __future__ import annotations

from typing import Any

import yaml

from atlas.importing.column_detection import Proposal
from atlas.importing.header import locate
from atlas.importing.records import Guess
from atlas.importing.workbook_reading import Sheet
from atlas.settings.import_profiles import Column, ImportProfile

NO_ROLE = "La recette ne lit pas cette colonne."


def profile_of(
    proposal: Proposal,
    columns: list[Column],
    label: str,
    *,
    base: ImportProfile | None = None,
    **said: Any,
) -> ImportProfile:
    """The recipe of a proposal once its columns are corrected.

    base: a recipe whose other keys are kept. said: keys of Recipe (territory, page, note…). Raises
    pydantic's ValidationError, a ValueError whose sentences are French, when the columns do not
    make a table.
    """
    kept = base.model_dump(exclude={"columns", "label"}) if base else {}
    settled = kept | {"level": proposal.level} | said
    return ImportProfile(label=label, columns=columns, **settled)


def profile_of_proposal(sheets: list[Sheet], recipe: ImportProfile) -> Proposal | None:
    """What a recipe reads in a file, as a proposal to be corrected; None when it reads nothing."""
    located = locate(sheets, recipe)
    if located is None or located.missing:
        return None
    found = {one.index: one.column for one in located.columns}
    guesses = tuple(
        Guess(index, found[index], 1, f"Lue par la recette « {recipe.label} ».")
        if index in found
        else Guess(index, Column(header=text, holds="ignored"), 1, NO_ROLE)
        for index, text in enumerate(located.header.texts)
        if text
    )
    return Proposal(
        located.sheet,
        located.header,
        guesses,
        recipe.level,
        recipe.period or located.header.period,
        recipe.territory,
    )


def recognise(sheets: list[Sheet], recipes: dict[str, ImportProfile]) -> list[str]:
    """Keys of the recipes whose columns are all in the file: next year's file is one click."""
    return [key for key, recipe in recipes.items() if profile_of_proposal(sheets, recipe)]


def profile_text(key: str, recipe: ImportProfile) -> str:
    """The entry of `import_profiles`, indented as it stands in its file, defaults left out."""
    tree = {key: recipe.model_dump(exclude_defaults=True)}
    text: str = yaml.safe_dump(
        tree, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=False
    )
    return "".join(f"  {line}\n" for line in text.splitlines())
