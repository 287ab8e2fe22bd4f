"""One dossier for many territories: the blocks of a template, filled with what each of them has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.options import date_options, drawn_codes, widest_pair
from atlas.figures.comparison.selection import codes_of, words_of_fields
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.options import corridor_periods, fullest_period, map_periods, periods_of
from atlas.publications.block_proposals import (
    MIN_SHAPES,
    UnknownInData,
    block_proposals,
    default_dossier,
    has_rows,
    is_drawn,
)
from atlas.settings import PAIRED, USES, FigureRef
from atlas.settings import dossiers as blocks

# What a template says of its own territory and for its own publisher.
_OF_THE_TEMPLATE = ("title", "nav", "territory", "period", "source", "introduction", "blocks")
_OF_ITS_PUBLISHER = ("headline", "lead", "place", "quotes", "contacts")
# What a key figure of another territory keeps: labels and pages are those of a document.
_OF_A_FIGURE = ("indicator", "corridor", "size", "icon")
_USUAL_RATE = blocks.MapBlock.model_fields["indicator"].default
_USUAL_DOCUMENTS = blocks.CorridorsBlock.model_fields["indicator"].default


@dataclass(frozen=True)
class FilledTemplate:
    """code: the territory; fields: the keys of its dossier, empty where nothing of it is known;
    lacks: the blocks and figures of the template that its data cannot fill, as one names them."""

    code: str
    fields: dict[str, Any]
    lacks: tuple[str, ...] = ()


def fill_default(context: FigureContext, code: str) -> FilledTemplate:
    """The dossier that is proposed for a territory, and the usual blocks that it lacks."""
    try:
        fields = default_dossier(context, code)
    except UnknownInData:
        return FilledTemplate(code, {}, ("aucun chiffre",))
    used = {block["kind"] for block in fields["blocks"]}
    lacks = [
        proposal.label
        for proposal in block_proposals(context, code, fields["period"])
        if not proposal.block and proposal.label in _usual_labels(used)
    ]
    return FilledTemplate(code, fields, tuple(lacks))


def _usual_labels(used: set[str]) -> set[str]:
    """The names of the blocks of a usual dossier that it has none of."""
    labels = {
        "map": "Carte",
        "corridors": "Documents par couloir",
        "comparison": "Place parmi ses semblables",
        "curve": "Courbe",
    }
    return {label for kind, label in labels.items() if kind not in used}


def fill_template(context: FigureContext, template: Mapping[str, Any], code: str) -> FilledTemplate:
    """The dossier of a territory made like another one: its blocks, each at the newest period that
    the territory has for it; titles, quotations and contacts, which speak of the other or for its
    publisher, are left out.

    template: the keys of a dossier; its own territory is given it as it is.
    """
    if code == template["territory"]:
        return FilledTemplate(code, dict(template))
    try:
        start = default_dossier(context, code)
    except UnknownInData:
        return FilledTemplate(code, {}, ("aucun chiffre",))
    lacks: list[str] = []
    made: list[dict[str, Any]] = []
    for block in template["blocks"]:
        filled, absent = _fill_block(context, block, template["territory"], code)
        lacks += absent
        if filled:
            made.append(filled)
    kept = {
        name: value
        for name, value in template.items()
        if name not in (*_OF_THE_TEMPLATE, *_OF_ITS_PUBLISHER)
    }
    if not made:
        return FilledTemplate(code, {}, tuple(lacks))
    return FilledTemplate(code, {**start, **kept, "blocks": made}, tuple(lacks))


def _fill_block(
    context: FigureContext, block: Mapping[str, Any], former: str, code: str
) -> tuple[dict[str, Any], list[str]]:
    """A block for another territory, empty where nothing of it is known; and what is absent."""
    if block["kind"] == "key_figures":
        return _fill_key_figures(context, block, former, code)
    if block["kind"] in ("timeline", "text"):
        return dict(block), []
    neutral = {name: value for name, value in block.items() if name not in ("title", "text")}
    moved = _move_block(context, neutral, former, code)
    for candidate in _blocks_by_period(context, moved, code):
        if _is_filled(context, candidate, code):
            return candidate, []
    return {}, [_name_of(context, block)]


def _move_block(
    context: FigureContext, block: Mapping[str, Any], former: str, code: str
) -> dict[str, Any]:
    """The same block about another territory: its parts take the place of those of the former."""
    moved = dict(block)
    if moved.get("neighbours") == former:
        moved["neighbours"] = code
    if "territories" in moved:
        codes: list[str] = []
        for other in moved["territories"]:
            is_part = other != former and former != "FR"
            is_part = is_part and context.territories.is_within(other, former)
            if is_part:
                codes += context.territories.of_kind(context.territories[other].kind, code)
            else:
                codes.append(code if other == former else other)
        moved["territories"] = list(dict.fromkeys(codes))
    return moved


def _blocks_by_period(
    context: FigureContext, block: dict[str, Any], code: str
) -> Iterator[dict[str, Any]]:
    """The block at each period that could be its own, the best first."""
    undated = {k: v for k, v in block.items() if k not in ("period", "compared_to")}
    kind = block["kind"]
    if kind == "curve":
        yield undated
    elif kind == "map":
        request = MapRequest(
            indicator=block.get("indicator", _USUAL_RATE),
            territory=context.territories.region_of(code),
            level=block.get("level", "departements"),
            measure=block.get("measure", "value"),
        )
        if date := fullest_period(context, request):
            yield {**undated, "period": date}
    elif kind in ("corridors", "corridor_table"):
        for date in corridor_periods(context, code):
            yield {**undated, "period": date}
    elif kind == "territory_table":
        request = MapRequest(
            indicator=block.get("indicator", _USUAL_RATE),
            territory=code,
            level=block.get("level", "caisses"),
        )
        for date in map_periods(context, request):
            yield {**undated, "period": date}
    elif "period" not in USES[block["layout"]] or not block.get("period"):
        yield undated
    else:
        yield from _comparisons_by_period(context, undated, block, code)


def _comparisons_by_period(
    context: FigureContext, undated: dict[str, Any], block: Mapping[str, Any], code: str
) -> Iterator[dict[str, Any]]:
    layout, indicator = block["layout"], block["indicator"]
    codes = drawn_codes(context, codes_of(context, words_of_fields(block)), layout)
    about = [code] if code in codes else codes
    for date in date_options(context, about, indicator, layout):
        if layout not in PAIRED and not block.get("compared_to"):
            yield {**undated, "period": date}
        elif before := widest_pair(context, codes, indicator, date):
            yield {**undated, "period": date, "compared_to": before}


def _is_filled(context: FigureContext, block: Mapping[str, Any], code: str) -> bool:
    date = periods_of(context, code)[0]
    if block["kind"] == "territory_table":
        return has_rows(context, code, dict(block))
    if block["kind"] == "corridor_table":
        return True  # its period is one that has corridors
    if block["kind"] == "map" and not _has_shapes(context, block, code):
        return False
    if block["kind"] == "comparison" and not _compares(context, block):
        return False
    return is_drawn(context, code, date, dict(block))


def _compares(context: FigureContext, block: Mapping[str, Any]) -> bool:
    """Whether two territories at least, besides the nation, have a figure then."""
    codes = [code for code in codes_of(context, words_of_fields(block)) if code != "FR"]
    rows = context.dataset.select(indicator=block["indicator"], territories=codes)
    if block.get("period"):
        rows = rows[rows["reference_period"] == block["period"]]
    return bool(rows["territory"].nunique() > 1)


def _has_shapes(context: FigureContext, block: Mapping[str, Any], code: str) -> bool:
    request = MapRequest(
        indicator=block.get("indicator", _USUAL_RATE),
        territory=context.territories.region_of(code),
        level=block.get("level", "departements"),
        measure=block.get("measure", "value"),
        period=block["period"],
    )
    return int((~map_rows(context, request)["missing"]).sum()) >= MIN_SHAPES


def _fill_key_figures(
    context: FigureContext, block: Mapping[str, Any], former: str, code: str
) -> tuple[dict[str, Any], list[str]]:
    figures: list[dict[str, Any]] = []
    absent: list[str] = []
    for given in block["figures"]:
        reference = FigureRef.model_validate(dict(given))
        place = reference.territory or former
        if place not in (former, "FR"):
            continue  # of a part of the other territory
        about = code if place == former else "FR"
        if date := _newest_period(context, reference, about):
            kept = {
                k: v for k, v in given.items() if k in ("indicator", "corridor", "size", "icon")
            }
            kept |= {"territory": "FR"} if about == "FR" and code != "FR" else {}
            figures.append({**kept, "period": date})
        else:
            absent.append(_name_of(context, given))
    if not figures:
        return {}, absent
    name = context.territories[former].name
    title = str(block.get("title") or "")
    filled: dict[str, Any] = {"kind": "key_figures"}
    if title and name not in title:
        filled["title"] = title
    return {**filled, "figures": figures}, absent


def _newest_period(context: FigureContext, reference: FigureRef, code: str) -> str:
    rows = context.dataset.select(indicator=reference.indicator, territories=[code])
    rows = rows[rows["corridor"] == reference.corridor]
    known = rows.loc[rows["value"].notna() | rows["change"].notna(), "reference_period"]
    return max(known.unique(), key=periods.end_month, default="")


def _name_of(context: FigureContext, fields: Mapping[str, Any]) -> str:
    """« Carte : Taux d’activation », « Documents déposés dans l’année, Hôpital »."""
    names = {"map": "Carte", "corridors": "Couloirs", "curve": "Courbe"}
    names |= {"comparison": "Comparaison", "territory_table": "Tableau des territoires"}
    kind = names.get(fields.get("kind", ""), "")
    usual = _USUAL_DOCUMENTS if fields.get("kind") == "corridors" else _USUAL_RATE
    indicator = context.settings.indicators[fields.get("indicator", usual)].label
    corridor = fields.get("corridor")
    short = f", {context.settings.corridors[corridor].short}" if corridor else ""
    return f"{kind} : {indicator}" if kind else f"{indicator}{short}"
