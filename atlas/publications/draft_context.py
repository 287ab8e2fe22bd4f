"""What a draft is drawn from: the project with one dossier or one comparison more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel

from atlas.figures.common.context import FigureContext
from atlas.settings import Comparison, Dossier

#: Of the digest of a draft, in the version of what is drawn from it.
_DIGEST_LETTERS = 12


def context_with_dossier(context: FigureContext, key: str, dossier: Dossier) -> FigureContext:
    """The same context where a dossier has this key."""
    return _with_entry(context, "dossiers", key, {**context.settings.dossiers, key: dossier})


def context_with_comparison(
    context: FigureContext, key: str, comparison: Comparison
) -> FigureContext:
    """The same context where a comparison has this key."""
    entries = {**context.settings.comparisons, key: comparison}
    return _with_entry(context, "comparisons", key, entries)


def _with_entry(
    context: FigureContext, section: str, key: str, entries: Mapping[str, BaseModel]
) -> FigureContext:
    """Its version says what the entry says: nothing drawn from another is taken for it."""
    said = entries[key].model_dump_json().encode()
    digest = hashlib.sha256(said).hexdigest()[:_DIGEST_LETTERS]
    return replace(
        context,
        settings=context.settings.model_copy(update={section: dict(entries)}),
        dataset=replace(context.dataset, version=f"{context.dataset.version}-{digest}"),
    )
