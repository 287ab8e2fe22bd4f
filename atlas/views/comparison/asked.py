"""What one figure of a comparison shows: a page of config.yaml, and what a visitor changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import ValidationError

from atlas import periods
from atlas.indicators import periods as known_periods
from atlas.settings import USES, Comparison, Indicator, Target
from atlas.territories import AND
from atlas.views.comparison.selection import as_settings, codes_of, is_known, selection_of
from atlas.views.desk import Desk

# How no second date is asked for.
NONE = "aucune"
_SELECTION = ("territories", "all", "neighbours", "group")
_DATED = {key for keys in USES.values() for key in keys}


class Unsuited(ValueError):
    """What is asked for cannot be compared so; the text is French and says why."""


@dataclass(frozen=True)
class Changes:
    """What differs from the page, in the texts of a request; empty: as the page has it.

    territories: words of a selection joined by AND; against: NONE for no second date.
    """

    territories: str = ""
    layout: str = ""
    period: str = ""
    against: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Asked:
    """One figure: key of the page, for the names of its files; codes: its territories, in order;
    when, before: its dates as compared, empty where it has none."""

    key: str
    page: Comparison
    indicator: str
    kind: Indicator
    codes: list[str]
    when: str
    before: str


def asked_of(desk: Desk, page: Comparison, key: str, indicator: str, changes: Changes) -> Asked:
    """The figure that a page and the changes of a visitor describe; raises Unsuited."""
    page = changed(desk, page, indicator, changes)
    kind, codes = desk.settings.indicators[indicator], codes_of(desk, selection_of(page))
    when = periods.when(page.period, kind.measure) if page.period else ""
    before = periods.when(page.against, kind.measure) if page.against else ""
    if not when and page.layout not in ("curve", "corridors", "multiples"):
        when = next(iter(known_periods(desk.book.figures, indicator, codes)), "")
    return Asked(key, page, indicator, kind, codes, when, before)


def changed(desk: Desk, page: Comparison, indicator: str, changes: Changes) -> Comparison:
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
    _change(desk, tree, changes)
    if desk.book.fictitious or not same_figures(page, indicator, changes):
        tree |= {"finding": None, "conclusion": None}
    if desk.book.fictitious:
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
        raise Unsuited(_reason(error)) from error


def page_of(
    desk: Desk, indicator: str, shown: Changes, *, measure: str, targets: str, finding: str
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
        **as_settings(desk, _selection(desk, shown.territories)),
        "targets": [Target(indicator=aimed) for aimed in targets.split(AND) if aimed],
    }
    tree |= {key: text for key in ("period", "against", "axis") if (text := getattr(shown, key))}
    return _page(tree)


def same_figures(page: Comparison, indicator: str, changes: Changes) -> bool:
    """True when a page still shows the figures that it was written about."""
    return indicator in page.indicators and not any(
        getattr(changes, field.name) for field in fields(Changes) if field.name != "axis"
    )


def _change(desk: Desk, tree: dict[str, Any], changes: Changes) -> None:
    """Write the changes over the keys of a page."""
    if changes.territories:
        for key in _SELECTION:
            tree.pop(key, None)
        tree |= as_settings(desk, _selection(desk, changes.territories))
    tree |= {key: text for key in ("layout", "period", "axis") if (text := getattr(changes, key))}
    before = tree.get("against") or ""
    if before and changes.period and periods.end_month(before) >= periods.end_month(changes.period):
        tree["against"] = None
    if changes.against:
        tree["against"] = None if changes.against == NONE else changes.against


def _selection(desk: Desk, text: str) -> Sequence[str]:
    words = text.split(AND)
    for word in words:
        if not is_known(desk, word):
            raise Unsuited(f"le territoire « {word} » n’existe pas")
    return words


def _reason(error: ValidationError) -> str:
    found = error.errors()[0]
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    return f"« {found['input']} » ne convient pas à {'.'.join(map(str, found['loc']))}"
