"""What one figure of a comparison shows: a page of config.yaml, and what a visitor changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import ValidationError

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.selection import as_settings, codes_of, is_known, selection_of
from atlas.indicators import periods as known_periods
from atlas.settings import USES, Comparison, Indicator, Target
from atlas.territories import CODE_SEPARATOR

# How no second date is asked for.
NONE = "aucune"
_SELECTION = ("territories", "all", "neighbours", "group")
_DATED = {key for keys in USES.values() for key in keys}


class UnsupportedLayout(ValueError):
    """What is asked for cannot be compared so; the text is French and says why."""


@dataclass(frozen=True)
class Overrides:
    """What differs from the page, in the texts of a request; empty: as the page has it.

    territories: words of a selection joined by AND; compared_to: NONE for no second date.
    """

    territories: str = ""
    layout: str = ""
    period: str = ""
    compared_to: str = ""
    scales: str = ""


@dataclass(frozen=True)
class ResolvedComparison:
    """One figure: key of the page, for the names of its files; codes: its territories, in order;
    when, before: its dates as compared, empty where it has none."""

    key: str
    page: Comparison
    indicator: str
    kind: Indicator
    codes: list[str]
    reference_period: str
    before: str


def resolve(
    context: FigureContext, page: Comparison, key: str, indicator: str, changes: Overrides
) -> ResolvedComparison:
    """The figure that a page and the changes of a visitor describe; raises Unsuited."""
    page = changed(context, page, indicator, changes)
    kind, codes = context.settings.indicators[indicator], codes_of(context, selection_of(page))
    reference_period = (
        periods.reference_period(page.period, kind.accumulation) if page.period else ""
    )
    before = (
        periods.reference_period(page.compared_to, kind.accumulation) if page.compared_to else ""
    )
    if not reference_period and page.layout not in ("curve", "corridors", "multiples"):
        reference_period = next(
            iter(known_periods(context.dataset.observations, indicator, codes)), ""
        )
    return ResolvedComparison(key, page, indicator, kind, codes, reference_period, before)


def changed(
    context: FigureContext, page: Comparison, indicator: str, changes: Overrides
) -> Comparison:
    """The page as a visitor sees it; raises Unsuited.

    What was written of the page as it stands (its finding, its conclusion) goes when it shows
    something else, and what config.yaml says of published figures goes from fictitious ones.
    """
    tree = {name: getattr(page, name) for name in page.model_fields_set}
    tree |= {
        "indicators": [indicator],
        "targets": [
            target
            for target in page.targets
            if target.indicator in (indicator, f"{indicator}_target")
        ],
    }
    _change(context, tree, changes)
    if context.dataset.fictitious or not same_figures(page, indicator, changes):
        tree |= {"finding": None, "conclusion": None}
    if context.dataset.fictitious:
        tree |= {"annotations": [], "targets": [t for t in tree["targets"] if t.value is None]}
    asked = {name for name, text in vars(changes).items() if text}
    useful = {
        key: value
        for key, value in tree.items()
        if key not in _DATED or key in {*USES[tree["layout"]], *asked}
    }
    return _page(useful)


def _page(tree: dict[str, Any]) -> Comparison:
    try:
        return Comparison.model_validate(tree)
    except ValidationError as error:
        raise UnsupportedLayout(_reason(error)) from error


def page_of(
    context: FigureContext,
    indicator: str,
    shown: Overrides,
    *,
    measure: str,
    targets: str,
    finding: str,
) -> Comparison:
    """The page that would show a comparison described in full; raises Unsuited."""
    tree: dict[str, Any] = {
        "title": finding,
        "nav": finding,
        "introduction": finding,
        "finding": finding or None,
        "indicators": [indicator],
        "measure": measure,
        "layout": shown.layout,
        **as_settings(context, _selection(context, shown.territories)),
        "targets": [Target(indicator=aimed) for aimed in targets.split(CODE_SEPARATOR) if aimed],
    }
    tree |= {
        key: text for key in ("period", "compared_to", "scales") if (text := getattr(shown, key))
    }
    return _page(tree)


def same_figures(page: Comparison, indicator: str, changes: Overrides) -> bool:
    """True when a page still shows the figures that it was written about."""
    return indicator in page.indicators and not any(
        getattr(changes, field.name) for field in fields(Overrides) if field.name != "scales"
    )


def _change(context: FigureContext, tree: dict[str, Any], changes: Overrides) -> None:
    """Write the changes over the keys of a page."""
    if changes.territories:
        for key in _SELECTION:
            tree.pop(key, None)
        tree |= as_settings(context, _selection(context, changes.territories))
    tree |= {key: text for key in ("layout", "period", "scales") if (text := getattr(changes, key))}
    before = tree.get("compared_to") or ""
    if before and changes.period and periods.end_month(before) >= periods.end_month(changes.period):
        tree["compared_to"] = None
    if changes.compared_to:
        tree["compared_to"] = None if changes.compared_to == NONE else changes.compared_to


def _selection(context: FigureContext, text: str) -> Sequence[str]:
    words = text.split(CODE_SEPARATOR)
    for word in words:
        if not is_known(context, word):
            raise UnsupportedLayout(f"le territoire « {word} » n’existe pas")
    return words


def _reason(error: ValidationError) -> str:
    found = error.errors()[0]
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    return f"« {found['input']} » ne convient pas à {'.'.join(map(str, found['loc']))}"
