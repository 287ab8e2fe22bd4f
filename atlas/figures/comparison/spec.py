"""What one figure of a comparison shows: a page of config.yaml and what a visitor changed of it, or
a comparison that a request describes in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.comparison.request import NO_PERIOD, ComparisonRequest
from atlas.figures.comparison.selection import (
    as_settings,
    codes_of,
    is_known,
    selection_of,
    selection_slug,
)
from atlas.indicators.snapshot import periods as known_periods
from atlas.settings import USES, Comparison, Indicator, Layout, Target
from atlas.territories import CODE_SEPARATOR

# The keys of config.yaml that choose territories.
_SELECTION = ("territories", "all", "neighbours", "group")
# The keys that some layouts alone use.
_LAYOUT_KEYS = {key for keys in USES.values() for key in keys}
# Layouts that show every date, or the latest of each territory; the others show one, or two.
LAYOUTS_WITHOUT_DATE: tuple[Layout, ...] = ("curve", "corridors", "multiples")
# What a visitor may change of a page; another scale still shows the figures that it speaks of.
_CHANGES = ("territories", "layout", "period", "compared_to", "scales")
_CHANGES_OF_FIGURES = ("territories", "layout", "period", "compared_to")


class UnsupportedLayout(RequestError):
    """These territories or this indicator cannot be compared in this layout; the text says why."""


@dataclass(frozen=True)
class ResolvedComparison:
    """One figure. key: of the page, else of its territories, for the names of its files; spec: what
    it shows and how; codes: its territories, in order; reference_period, compared_to: its dates as
    compared, empty where it has none."""

    key: str
    spec: Comparison
    indicator_key: str
    indicator: Indicator
    codes: list[str]
    reference_period: str
    compared_to: str

    def date(self, reference_period: str) -> str:
        """A date as a reader meets it: « décembre 2025 », « fin 2025 »."""
        return periods.label(reference_period, self.indicator.accumulation)


def resolve(context: FigureContext, request: ComparisonRequest) -> ResolvedComparison:
    """The comparison that a request describes.

    Raises RequestError when it names a territory or a period that does not exist, or asks for
    keys that do not go together.
    """
    if request.period:
        check_period(request.period)
    if request.compared_to not in ("", NO_PERIOD):
        check_period(request.compared_to)
    if not request.comparison and not (request.territories and request.layout):
        raise RequestError("il manque la comparaison")
    if request.comparison:
        key = request.comparison
        spec = _with_changes(context, context.settings.comparisons[key], request)
    else:
        key = selection_slug(context, request.territories)
        unchanged = ComparisonRequest(indicator=request.indicator)
        spec = _with_changes(context, _described_in_full(context, request), unchanged)
    indicator = context.settings.indicators[request.indicator]
    codes = codes_of(context, selection_of(spec))
    reference_period, compared_to = (
        periods.reference_period(period, indicator.accumulation) if period else ""
        for period in (spec.period, spec.compared_to)
    )
    if not reference_period and spec.layout not in LAYOUTS_WITHOUT_DATE:
        rows = context.dataset.index.of_territories(request.indicator, codes)
        reference_period = next(iter(known_periods(rows, request.indicator, codes)), "")
    return ResolvedComparison(
        key, spec, request.indicator, indicator, codes, reference_period, compared_to
    )


def shows_figures_of(page: Comparison, request: ComparisonRequest) -> bool:
    """True when the figures are those that a page was written about."""
    return request.indicator in page.indicators and not any(
        getattr(request, name) for name in _CHANGES_OF_FIGURES
    )


def _with_changes(
    context: FigureContext, page: Comparison, request: ComparisonRequest
) -> Comparison:
    """A page as a visitor sees it; raises RequestError.

    What was written of the page as it stands (its finding, its conclusion) goes when it shows
    something else, and what config.yaml says of published figures goes from fictitious ones.
    """
    tree = {name: getattr(page, name) for name in page.model_fields_set}
    tree |= {
        "indicators": [request.indicator],
        "targets": [
            target
            for target in page.targets
            if target.indicator in (request.indicator, f"{request.indicator}_target")
        ],
    }
    tree = _overwrite(context, tree, request)
    if context.dataset.fictitious or not shows_figures_of(page, request):
        tree |= {"finding": None, "conclusion": None}
    if context.dataset.fictitious:
        tree |= {"annotations": [], "targets": [t for t in tree["targets"] if t.value is None]}
    changed = {name for name in _CHANGES if getattr(request, name)}
    useful = {
        key: value
        for key, value in tree.items()
        if key not in _LAYOUT_KEYS or key in {*USES[tree["layout"]], *changed}
    }
    return _validate(useful)


def _overwrite(
    context: FigureContext, tree: dict[str, Any], request: ComparisonRequest
) -> dict[str, Any]:
    """The keys of a page with those that a visitor changed."""
    tree = dict(tree)
    if request.territories:
        for key in _SELECTION:
            tree.pop(key, None)
        tree |= as_settings(context, _selection(context, request.territories))
    tree |= {key: text for key in ("layout", "period", "scales") if (text := getattr(request, key))}
    compared_to = tree.get("compared_to") or ""
    if (
        compared_to
        and request.period
        and periods.end_month(compared_to) >= periods.end_month(request.period)
    ):
        tree["compared_to"] = None
    if request.compared_to:
        tree["compared_to"] = None if request.compared_to == NO_PERIOD else request.compared_to
    return tree


def _described_in_full(context: FigureContext, request: ComparisonRequest) -> Comparison:
    """The page that would show a comparison described in full; raises RequestError."""
    tree: dict[str, Any] = {
        "title": request.title,
        "nav": request.title,
        "introduction": request.title,
        "finding": request.title or None,
        "indicators": [request.indicator],
        "measure": request.measure,
        "layout": request.layout,
        **as_settings(context, _selection(context, request.territories)),
        "targets": [Target(indicator=key) for key in request.targets.split(CODE_SEPARATOR) if key],
    }
    tree |= {
        key: text for key in ("period", "compared_to", "scales") if (text := getattr(request, key))
    }
    return _validate(tree)


def _selection(context: FigureContext, text: str) -> Sequence[str]:
    """The words of a selection; raises RequestError for one that stands for nothing."""
    words = text.split(CODE_SEPARATOR)
    for word in words:
        if not is_known(context, word):
            raise RequestError(f"le territoire « {word} » n’existe pas")
    return words


def _validate(tree: dict[str, Any]) -> Comparison:
    """The page of these keys; raises RequestError with the first reason in French."""
    try:
        return Comparison.model_validate(tree)
    except ValidationError as error:
        raise RequestError(_reason(error)) from error


def _reason(error: ValidationError) -> str:
    found = error.errors()[0]
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    return f"« {found['input']} » ne convient pas à {'.'.join(map(str, found['loc']))}"
