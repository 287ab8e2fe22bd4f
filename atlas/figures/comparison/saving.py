"""The view at hand as an entry of config.yaml, to be pasted under `comparisons`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.spec import Overrides, ResolvedComparison, resolve, same_figures
from atlas.figures.comparison.texts import heading
from atlas.settings import Comparison
from atlas.settings.yaml_writing import entry_text

FIRST = ("title", "nav", "introduction", "territories", "all", "neighbours", "group", "indicators")


def page_entry(
    context: FigureContext, key: str, indicators: Sequence[str], changes: Overrides
) -> str:
    """The lines of YAML, indented to stand under `comparisons:`; raises Unsuited.

    indicators: those shown. The key is new; a page that was changed is named after what it shows.
    """
    page = context.settings.comparisons[key]
    asked = resolve(context, page, key, indicators[0], changes)
    entry = asked.page.model_copy(
        update={
            "indicators": list(indicators),
            **({} if same_figures(page, indicators[0], changes) else _named(asked)),
        }
    )
    name = french.slug(entry.nav)
    taken = [f"{name}-{place}" for place in range(2, len(context.settings.comparisons) + 3)]
    free = next(n for n in (name, *taken) if n not in context.settings.comparisons)
    return entry_text(free, _fields(entry))


def _named(asked: ResolvedComparison) -> dict[str, str]:
    """Texts that say what is shown, where those of the page no longer do."""
    what = heading(asked) if asked.reference_period else asked.kind.label
    return {"nav": asked.kind.label, "title": what, "introduction": f"{what}."}


def _fields(entry: Comparison) -> dict[str, Any]:
    """The keys that are not as by default, names and choices first."""
    said = entry.model_dump(exclude_defaults=True)
    return {name: said[name] for name in dict.fromkeys((*FIRST, *said)) if name in said}
