"""The view at hand as an entry of config.yaml, to be pasted under `comparisons`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.spec import ResolvedComparison, resolve, shows_figures_of
from atlas.figures.comparison.texts import heading
from atlas.settings import Comparison
from atlas.settings.yaml_writing import entry_text

FIRST = ("title", "nav", "introduction", "territories", "all", "neighbours", "group", "indicators")


def page_entry(
    context: FigureContext, request: ComparisonRequest, indicators: Sequence[str]
) -> str:
    """The lines of YAML, indented to stand under `comparisons:`; raises RequestError.

    request: of the first figure shown; indicators: those of all. The key is new; a page that was
    changed is named after what it shows.
    """
    page = context.settings.comparisons[request.comparison]
    comparison = resolve(context, request)
    names = {} if shows_figures_of(page, request) else _names(comparison)
    entry = comparison.spec.model_copy(update={"indicators": list(indicators), **names})
    name = french.slug(entry.nav)
    taken = [f"{name}-{place}" for place in range(2, len(context.settings.comparisons) + 3)]
    free = next(n for n in (name, *taken) if n not in context.settings.comparisons)
    return entry_text(free, _fields(entry))


def _names(comparison: ResolvedComparison) -> dict[str, str]:
    """Texts that say what is shown, where those of the page no longer do."""
    label = comparison.indicator.label
    title = heading(comparison) if comparison.reference_period else label
    return {"nav": label, "title": title, "introduction": f"{title}."}


def _fields(entry: Comparison) -> dict[str, Any]:
    """The keys that are not as by default, names and choices first."""
    said = entry.model_dump(exclude_defaults=True)
    return {name: said[name] for name in dict.fromkeys((*FIRST, *said)) if name in said}
