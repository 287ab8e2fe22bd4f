"""The view at hand as an entry of config.yaml, to be pasted under `comparisons`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.spec import Overrides, ResolvedComparison, resolve, same_figures
from atlas.figures.comparison.texts import heading
from atlas.settings import Comparison

FIRST = ("title", "nav", "introduction", "territories", "all", "neighbours", "group", "indicators")
_PLAIN = re.compile(r"[A-Za-z][\w-]*")


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
    lines = [f"  {free}:", *(f"    {line}" for line in _lines(entry))]
    return "\n".join(lines) + "\n"


def _named(asked: ResolvedComparison) -> dict[str, str]:
    """Texts that say what is shown, where those of the page no longer do."""
    what = heading(asked) if asked.reference_period else asked.kind.label
    return {"nav": asked.kind.label, "title": what, "introduction": f"{what}."}


def _lines(entry: Comparison) -> Iterator[str]:
    """A line for each key that is not as by default, names and choices first."""
    known = type(entry).model_fields
    for name in dict.fromkeys((*FIRST, *known)):
        value = getattr(entry, name)
        if value == known[name].get_default(call_default_factory=True):
            continue
        if isinstance(value, list) and not isinstance(value[0], str):
            yield f"{name}:"
            yield from (f"  - {_written(item.model_dump(exclude_defaults=True))}" for item in value)
        else:
            yield f"{name}: {_written(value)}"


def _written(value: Any) -> str:
    """Flow style on one line; a text without quotes only when every reader takes it for one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and yaml.safe_load(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)
