"""What the data can fill: blocks proposed for a territory, and the dossier that they make.

A block is what a dossier of the configuration holds: a set of keys, as they would be written there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.options import date_options, layout_options, widest_pair
from atlas.figures.comparison.selection import codes_of
from atlas.figures.key_figures.key_figure import KeyFigure, key_figures_of_theme
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.options import (
    corridor_indicators,
    corridor_periods,
    fullest_period,
    periods_of,
)
from atlas.figures.registry import figure_of
from atlas.publications.dossier_blocks import block_request, block_table
from atlas.settings import Dossier, Layout, Level
from atlas.settings import dossiers as blocks
from atlas.settings.base import CorridorView
from atlas.values import Value

#: A map of two shapes shows nothing that a sentence does not.
MIN_SHAPES = 3
#: Key figures of one block: what an image and a slide hold.
MAX_KEY_FIGURES = 8
#: What a dossier speaks of first, when nobody chose: activation, then documents.
_FIRST_INDICATORS = ("activation_rate", "activated_profiles", "documents_deposited")
_DOCUMENTS = "documents_deposited"
_LEVELS: tuple[Level, ...] = ("departements", "caisses", "regions")
#: What each view by corridor is called among the blocks that can be added.
_VIEWS: dict[CorridorView, str] = {
    "niveau": "Documents par couloir",
    "croissance": "Croissance par couloir",
    "evolution": "Couloirs dans le temps",
    "contribution": "Ce que chaque couloir apporte à la hausse",
    "parts": "Part de chaque couloir",
}
#: What the data lack where no view of that kind can be drawn, after which the place is said.
_MISSING_BY_VIEW: dict[CorridorView, str] = {
    "niveau": "il faut les documents d’au moins deux couloirs à une même période",
    "croissance": "il faut la hausse d’au moins deux couloirs sur une même période",
    "evolution": "il faut les documents d’un couloir à deux dates",
    "contribution": "il faut les documents de tous les couloirs à deux dates",
    "parts": "il faut les documents de tous les couloirs, ou leurs parts, à une même période",
}
_MISSING_BY_LAYOUT: dict[str, str] = {
    "bars": "il faut un taux à la même date pour ce territoire et pour un autre",
    "slope": "il faut des taux à deux dates pour ce territoire et pour un autre",
    "dots": "il faut des taux à deux dates pour ce territoire et pour un autre",
    "multiples": "il faut des hausses par couloir pour ce territoire et pour un autre",
}
_LAYOUTS: dict[Layout, str] = {
    "bars": "Place parmi ses semblables",
    "slope": "Évolution entre deux dates, parmi ses semblables",
    "dots": "Deux dates en points, parmi ses semblables",
    "multiples": "Couloirs de ses semblables, côte à côte",
}


class UnknownInData(Exception):
    """Nothing of a territory is in the data; the text is French and says what to do."""


@dataclass(frozen=True)
class BlockProposal:
    """A block that could be added. label: what it is called; block: its keys, empty for one that
    the data cannot fill; missing: what it lacks then, a French sentence without its point."""

    label: str
    block: dict[str, Any] = field(default_factory=dict)
    missing: str = ""


def block_proposals(context: FigureContext, code: str, period: str) -> list[BlockProposal]:
    """Every kind of block for a territory, in the order of a dossier, those that the data cannot
    fill with what is missing.

    period: what the dossier is dated (« 2026-03 », « 2025 »).
    """
    return [
        _key_figures_proposal(context, code, period),
        _map_proposal(context, code),
        *(_corridors_proposal(context, code, period, view) for view in _VIEWS),
        *(_comparison_proposal(context, code, layout) for layout in _LAYOUTS),
        _curve_proposal(context, code),
        _territory_table_proposal(context, code),
        _corridor_table_proposal(context, code, period),
        BlockProposal("Chronologie du service", {"kind": "timeline"}),
        BlockProposal("Texte", {"kind": "text", "text": ""}),
    ]


def default_dossier(context: FigureContext, code: str) -> dict[str, Any]:
    """The keys of a dossier of a territory, of what its data allow: key figures by importance, a
    map of at least three shapes, documents and growth by corridor, its place among its neighbours,
    a curve, the timeline.

    Raises UnknownInData for a territory of which nothing is known.
    """
    place = context.territories[code]
    dates = periods_of(context, code)
    if not dates:
        raise UnknownInData(
            f"Aucun chiffre n’est connu {place.locative} : importez-en d’abord (page Importer)."
        )
    period = dates[0]
    wanted = (
        _key_figures_proposal(context, code, period),
        _map_proposal(context, code),
        _corridors_proposal(context, code, period, "niveau"),
        _corridors_proposal(context, code, period, "croissance"),
        _comparison_proposal(context, code, "bars"),
        _curve_proposal(context, code),
    )
    made = [proposal.block for proposal in wanted if proposal.block]
    return {
        "title": f"{context.settings.brand.name} {place.locative} : chiffres clés",
        "nav": place.label if place.kind == "CPAM" else place.name,
        "territory": code,
        "period": period,
        "source": _main_source(context, code),
        "introduction": (
            f"Les derniers chiffres connus {place.locative} fin {periods.label(period)}, chacun "
            "avec sa période et sa source."
        ),
        "blocks": [*made, {"kind": "timeline"}],
    }


def _main_source(context: FigureContext, code: str) -> str:
    """The source of most figures of a territory; of equal ones, the one that is read first."""
    rows = context.dataset.select(territories=[code])
    counts = Counter(rows.loc[rows["derived"] == "", "source"]) or Counter(rows["source"])
    order = {source: place for place, source in enumerate(context.settings.source_order)}
    found: str = max(counts, key=lambda key: (counts[key], -order.get(key, len(order))))
    return found


def _key_figures_proposal(context: FigureContext, code: str, period: str) -> BlockProposal:
    place, label = context.territories[code], "Chiffres clés"
    cards = [
        card
        for theme in context.settings.themes
        for card in key_figures_of_theme(
            context, theme, territory=code, period=periods.end_month(period)
        )
        if card.large_value.is_known
    ]
    cards.sort(key=lambda card: (_importance(card), bool(card.large_value.status == "derived")))
    figures = []
    for number, card in enumerate(cards[:MAX_KEY_FIGURES]):
        reference: dict[str, Any] = {"indicator": card.indicator}
        if card.corridor:
            reference["corridor"] = card.corridor
        reference["period"] = card.large_value.period
        if number == 0:
            reference["size"] = "hero"
        figures.append(reference)
    if not figures:
        missing = f"aucun chiffre clé n’est connu {place.locative} à cette date"
        return BlockProposal(label, missing=missing)
    title = f"Les chiffres clés {place.locative}"
    return BlockProposal(label, {"kind": "key_figures", "title": title, "figures": figures})


def _importance(card: KeyFigure) -> int:
    """0 for what a dossier says first; totals before what they are made of."""
    if card.indicator in _FIRST_INDICATORS and not card.corridor:
        return _FIRST_INDICATORS.index(card.indicator)
    return len(_FIRST_INDICATORS) + bool(card.corridor)


def _map_proposal(context: FigureContext, code: str) -> BlockProposal:
    label, region = "Carte", context.territories.region_of(code)
    if context.shapes is None:
        return BlockProposal(label, missing="aucun contour n’est lisible")
    own: Level = "caisses" if context.territories[code].kind == "CPAM" else "departements"
    for indicator in context.settings.map_indicators:
        for level in sorted(_LEVELS, key=lambda level: level != own):
            request = MapRequest(indicator=indicator, territory=region, level=level)
            date = fullest_period(context, request)
            if not date:
                continue
            rows = map_rows(context, request.with_fields(period=date))
            if int((~rows["missing"]).sum()) >= MIN_SHAPES:
                block = {"kind": "map", "indicator": indicator, "level": level, "period": date}
                return BlockProposal(label, block)
    name = context.territories[region]
    return BlockProposal(
        label, missing=f"moins de trois territoires ont un taux {name.locative} à une même date"
    )


def _corridors_proposal(
    context: FigureContext, code: str, period: str, view: CorridorView
) -> BlockProposal:
    end = periods.end_month(period)
    for date in corridor_periods(context, code):
        if periods.end_month(date) > end:
            continue
        known = corridor_indicators(context, code, date)
        for indicator in sorted(known, key=lambda key: key != _DOCUMENTS):
            block = {"kind": "corridors", "indicator": indicator, "period": date, "view": view}
            if is_drawn(context, code, period, block):
                return BlockProposal(_VIEWS[view], block)
    return BlockProposal(_VIEWS[view], missing=_MISSING_BY_VIEW[view])


def _comparison_proposal(context: FigureContext, code: str, layout: Layout) -> BlockProposal:
    indicators = [_DOCUMENTS] if layout == "multiples" else [*context.settings.map_indicators]
    for indicator, (fields, selection) in product(indicators, _peers(context, code)):
        codes = codes_of(context, ["FR", *selection])
        if layout not in layout_options(context, codes, indicator):
            continue
        block = {"kind": "comparison", **fields, "indicator": indicator, "layout": layout}
        if layout == "multiples":
            block["measure"] = "change"
        else:
            dates = _dates_of_many(context, codes, code, indicator, layout)
            if not dates:
                continue
            block["period"] = dates
            if layout in ("slope", "dots"):
                earlier = widest_pair(context, codes, indicator, dates)
                if not earlier:
                    continue
                block["compared_to"] = earlier
        if is_drawn(context, code, periods_of(context, code)[0], block):
            return BlockProposal(_LAYOUTS[layout], block)
    return BlockProposal(_LAYOUTS[layout], missing=_MISSING_BY_LAYOUT[layout])


def _peers(context: FigureContext, code: str) -> list[tuple[dict[str, Any], list[str]]]:
    """With whom a territory can be compared, the nearest first: the keys that say so, and the words
    that stand for them."""
    territories = context.territories
    kind, region = territories[code].kind, territories.region_of(code)
    around = f"voisins-{code}"
    found: list[tuple[dict[str, Any], list[str]]] = []
    if kind in ("REG", "DEP") and len(codes_of(context, [around])) > 1:
        found.append(({"territories": ["FR"], "neighbours": code}, [around]))
    if kind in ("DEP", "CPAM"):
        same = territories.of_kind(kind, region)
        found.append(({"territories": ["FR", *same]}, same))
    else:
        found.append(({"territories": ["FR"], "all": "regions"}, ["regions"]))
    return found


def _dates_of_many(
    context: FigureContext, codes: list[str], code: str, indicator: str, layout: Layout
) -> str:
    """Of the dates at which the territory has a value, that of most of the others; at least two
    territories besides the nation have one then."""
    others = [other for other in codes if other != "FR"]
    rows = context.dataset.select(indicator=indicator, territories=others)
    rows = rows[rows["value"].notna() & rows["corridor"].eq("")]
    counts = rows.groupby("reference_period")["territory"].nunique()
    own = date_options(context, [code], indicator, layout)
    found = max(own, key=lambda date: (counts.get(date, 0), periods.end_month(date)), default="")
    return found if counts.get(found, 0) > 1 else ""


def _curve_proposal(context: FigureContext, code: str) -> BlockProposal:
    around = list(dict.fromkeys([code, context.territories.region_of(code), "FR"]))
    for indicator in context.settings.map_indicators:
        rows = context.dataset.select(indicator=indicator, territories=[code])
        if rows.loc[rows["value"].notna(), "reference_period"].nunique() < 2:
            continue
        block = {"kind": "curve", "indicator": indicator, "territories": around}
        return BlockProposal("Courbe", block)
    place = context.territories[code]
    return BlockProposal("Courbe", missing=f"un taux n’est connu {place.locative} qu’à une date")


def _territory_table_proposal(context: FigureContext, code: str) -> BlockProposal:
    label = "Tableau des territoires"
    for level in ("caisses", "departements", "regions"):
        for date in periods_of(context, code):
            block = {"kind": "territory_table", "level": level, "period": date}
            if has_rows(context, code, block):
                return BlockProposal(label, block)
    place = context.territories[code]
    return BlockProposal(label, missing=f"aucun territoire n’a de taux {place.locative}")


def _corridor_table_proposal(context: FigureContext, code: str, period: str) -> BlockProposal:
    label, end = "Tableau par couloir", periods.end_month(period)
    for date in corridor_periods(context, code):
        known = corridor_indicators(context, code, date)
        if known and periods.end_month(date) <= end:
            return BlockProposal(
                label, {"kind": "corridor_table", "indicators": known[:3], "period": date}
            )
    place = context.territories[code]
    return BlockProposal(
        label, missing=f"il faut au moins deux couloirs {place.locative} à une même période"
    )


def is_drawn(context: FigureContext, code: str, period: str, block: dict[str, Any]) -> bool:
    """Whether a block has something to draw in a dossier of a territory."""
    dossier = _dossier_of(context, code, period, block)
    try:
        made = figure_of(context, block_request(context, dossier, dossier.blocks[0]))  # type: ignore[arg-type]
    except RequestError:
        return False
    return made is not None


def has_rows(context: FigureContext, code: str, block: dict[str, Any]) -> bool:
    dossier = _dossier_of(context, code, block["period"], block)
    (asked,) = dossier.blocks
    assert isinstance(asked, blocks.TerritoryTableBlock)
    table = block_table(context, dossier, asked)
    known = [
        cell
        for column in table.columns
        for cell in column.cells
        if isinstance(cell, Value) and cell.is_known
    ]
    return len(known) > 1


def _dossier_of(context: FigureContext, code: str, period: str, block: dict[str, Any]) -> Dossier:
    """A dossier of that block alone, to ask what it draws."""
    return Dossier.model_validate(
        {
            "title": "Dossier",
            "nav": "Dossier",
            "territory": code,
            "period": period,
            "source": "",
            "introduction": "",
            "blocks": [block],
        }
    )
