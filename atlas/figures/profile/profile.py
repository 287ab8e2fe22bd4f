"""The portrait of a territory: what it is, its figures in large, its drawings, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.corridors.side_by_side import own_corridors, shared_corridors
from atlas.figures.profile import texts as words
from atlas.figures.profile.peer_group import Peers
from atlas.figures.profile.remarks import (
    company_remark,
    corridor_remark,
    elsewhere,
    no_change,
    no_nation,
    no_rank,
    no_value,
)
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.figures.registry import figure_of
from atlas.figures.requests import Drawing, FigureRequest
from atlas.indicators import is_restated, populations
from atlas.indicators import periods as known_periods
from atlas.territories import CODE_SEPARATOR

_DRAWN: tuple[Drawing, Drawing] = ("bande", "comparateurs")


@dataclass(frozen=True)
class ProfileChoice:
    """code: FR, a région or a département; when: a period as compared; peers, or chosen codes:
    whom it is compared with, the nation alone when both are empty."""

    code: str
    indicator: str
    reference_period: str
    peers: Peers = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A figure in large, all texts ready to print. state: what the reader must know of it; note:
    what a source says of the same, or why there is none; absent: there is none."""

    label: str
    value: str
    lines: tuple[str, ...]
    state: str = ""
    source: str = ""
    note: str = ""
    absent: bool = False


@dataclass(frozen=True, eq=False)
class Profile:
    """context: what the territory is; remarks: when it has no value, where others can be found.

    The figures are None where there is nothing to draw; bars_remark and corridor_remark say what
    they then lack.
    """

    context: str
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    strip: Figure | None
    bars: Figure | None
    bars_remark: str
    curve: Figure | None
    corridors: Figure | None
    corridor_remark: str


def profile_of(context: FigureContext, asked: ProfileChoice) -> Profile:
    """Everything that the page of a territory says at a period."""
    rates = context.narrowed(indicators=words.told_by(context, asked.indicator))
    here = territory_position(rates, asked.code, asked.indicator, asked.reference_period)
    codes = CODE_SEPARATOR.join([asked.code, *asked.chosen])
    strip, bars = (
        figure_of(
            rates,
            FigureRequest(
                drawing, asked.indicator, codes, asked.reference_period, peers=asked.peers
            ),
        )
        for drawing in _DRAWN
    )
    curve, (corridors, said) = _curve(rates, asked), _corridors(context, asked)
    alone = company_remark(rates, here, asked.peers, asked.chosen, drawn=bars is not None)
    missing = (no_value(rates, here), elsewhere(context, here))
    return Profile(
        _context(context, asked.code),
        _facts(rates, here),
        tuple(text for text in missing if text),
        strip,
        bars,
        alone,
        curve,
        corridors,
        said,
    )


def _context(context: FigureContext, code: str) -> str:
    place = context.territories[code]
    people = populations(context.territories, place.kind).get(code)
    counted = (
        f"{french.format_number(people)} habitants ({words.population_source(context)})"
        if (people)
        else ""
    )
    what, near = "", ""
    if place.kind == "DEP":
        what = f"Département de la région {context.territories[place.parent].name}"
    elif place.kind == "REG":
        count = len(context.territories.of_kind("DEP", code))
        what = f"Région de {count} département{'s' if count > 1 else ''}"
    if place.kind != "FR" and context.shapes:
        around = context.territories.sorted_by_name(context.shapes.neighbours(code))
        near = (
            f"Frontières terrestres : {captions.enumerate_names(context, around)}"
            if around
            else "Sans voisin terrestre en France"
        )
    return ". ".join(part for part in (what, counted, near) if part) + "."


def _facts(context: FigureContext, here: TerritoryPosition) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in (
            _level(context, here),
            _rank(context, here),
            _gap(context, here),
            _change(context, here),
        )
        if fact
    )


def _level(context: FigureContext, here: TerritoryPosition) -> Fact:
    kind, own = context.settings.indicators[here.indicator], here.own
    date = periods.label(here.reference_period, kind.accumulation)
    if own["secret"]:
        return Fact(kind.label, french.SECRET, (date,), note=captions.SECRECY, absent=True)
    if own["missing"]:
        return Fact(kind.label, f"non {words.known_word(context)}", (date,), absent=True)
    computed = f"Calculé : {own['derived']}" if own["computed"] else ""
    source = captions.source_text(context.dataset.sources[own["source"]], own["page"])
    return Fact(kind.label, own["text"], (date,), computed, source)


def _rank(context: FigureContext, here: TerritoryPosition) -> Fact | None:
    published = words.published_rank_text(context, here)
    label = f"Rang parmi les {words.KINDS[here.kind][1]}"
    if here.rank is None:
        why = no_rank(context, here)
        found = " ".join(text for text in (why, f"{published}." if published else "") if text)
        return Fact(label, "sans rang calculé", (), note=found, absent=True) if found else None
    return Fact(
        label,
        words.place_text(here.rank),
        (words.among_text(context, here),),
        french.capitalize_first(words.solidity_text(here, here.rank)),
        note=published,
    )


def _gap(context: FigureContext, here: TerritoryPosition) -> Fact | None:
    kind, gap = context.settings.indicators[here.indicator], words.exact_gap(here.own, here.nation)
    if gap is None:
        why = no_nation(context, here)
        return Fact(words.GAP, "sans écart", (), note=why, absent=True) if why else None
    date = periods.label(here.reference_period, kind.accumulation)
    source = captions.source_text(
        context.dataset.sources[here.nation["source"]], here.nation["page"]
    )
    return Fact(
        words.GAP,
        french.format_change(gap, kind),
        (f"France : {here.nation['text']}, {date}", "différence des deux chiffres"),
        "",
        source,
    )


def _change(context: FigureContext, here: TerritoryPosition) -> Fact | None:
    kind, own = context.settings.indicators[here.indicator], here.own
    if not words.has_change(own):
        why = no_change(context, here)
        return (
            Fact("Évolution", f"non {words.known_word(context)}e", (), note=why, absent=True)
            if (why)
            else None
        )
    base = (
        periods.since(own["compared_to"], kind.accumulation)
        if own["compared_to"]
        else "base non précisée par la source"
    )
    how = own["change_derived"]
    return Fact(
        "Évolution",
        french.format_change(own["change"], kind),
        (base,),
        f"Calculé : {how}" if how and not is_restated(how) else "",
    )


def _curve(context: FigureContext, asked: ProfileChoice) -> Figure | None:
    """The territory, its région and France, when one of them has two dates."""
    around = words.around(context, asked.code)
    if not any(
        len(known_periods(context.dataset.observations, asked.indicator, [code])) > 1
        for code in around
    ):
        return None
    return figure_of(
        context,
        FigureRequest(
            "courbe", asked.indicator, CODE_SEPARATOR.join(around), selected=_accented(asked.code)
        ),
    )


def _accented(code: str) -> str:
    """The territory that stands out: the nation has its own colour."""
    return "" if code == "FR" else code


def _corridors(context: FigureContext, asked: ProfileChoice) -> tuple[Figure | None, str]:
    """Beside the nation where both have the same, else those of the territory alone; and what is
    said of it. A département that is a région by itself has its corridors."""
    place, *around = words.around(context, asked.code)
    region = context.territories.region_of(place)
    code = place if region in (place, *around) else region
    context = context.narrowed(territories=[code, region, "FR"])
    both = shared_corridors(context, code, asked.reference_period)
    if both:
        codes = CODE_SEPARATOR.join([code, "FR"])
        return figure_of(
            context, FigureRequest("couloirs", both[0], codes, both[1], selected=_accented(code))
        ), ""
    alone = own_corridors(context, code, asked.reference_period)
    said = corridor_remark(context, code, alone, asked.reference_period)
    if alone is None:
        return None, said
    return figure_of(
        context, FigureRequest("couloirs", alone[0], code, alone[1], selected=_accented(code))
    ), said
