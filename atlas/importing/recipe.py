"""A recipe from what a person settled, and its text for config.yaml."""

from __future__ import annotations

from typing import Any

import yaml

from atlas.importing.guess import Proposal
from atlas.importing.header import locate
from atlas.importing.sheets import Sheet
from atlas.settings.recipes import Column, Recipe


def recipe_of(proposal: Proposal, columns: list[Column], label: str, **said: Any) -> Recipe:
    """The recipe of a proposal once its columns are corrected.

    said: other keys of Recipe (territory, page, note…). Raises pydantic's ValidationError, a
    ValueError whose sentences are French, when the columns do not make a table.
    """
    settled = {"sheet": "", "level": proposal.level, **said}
    return Recipe(label=label, columns=columns, **settled)


def recognised(sheets: list[Sheet], recipes: dict[str, Recipe]) -> list[str]:
    """Keys of the recipes whose columns are all in the file: next year's file is one click."""
    found = {key: locate(sheets, recipe) for key, recipe in recipes.items()}
    return [key for key, located in found.items() if located and not located.missing]


def recipe_text(key: str, recipe: Recipe) -> str:
    """The entry of `recipes` in config.yaml, indented as it stands there, defaults left out."""
    tree = {key: recipe.model_dump(exclude_defaults=True)}
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000,
                               default_flow_style=False)
    return "".join(f"  {line}\n" for line in text.splitlines())
