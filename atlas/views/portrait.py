"""The portrait of a territory: what it is, its figures in large, its drawings, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import charts, periods, wording
from atlas.indicators import is_restated, populations
from atlas.indicators import periods as known_periods
from atlas.territories import AND
from atlas.views import captions
from atlas.views import standing_words as words
from atlas.views.corridor_pairs import own_corridors, shared_corridors
from atlas.views.desk import Desk
from atlas.views.figures import figure_of
from atlas.views.peers import Peers
from atlas.views.portrait_remarks import (
    company_remark,
    corridor_remark,
    elsewhere,
    no_change,
    no_nation,
    no_rank,
    no_value,
)
from atlas.views.requests import Drawing, FigureRequest
from atlas.views.standing import Standing, standing

_DRAWN: tuple[Drawing, Drawing] = ("bande", "comparateurs")


@dataclass(frozen=True)
class PortraitChoice:
    """code: FR, a région or a département; when: a period as compared; peers, or chosen codes:
    whom it is compared with, the nation alone when both are empty."""

    code: str
    indicator: str
    when: str
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
class Portrait:
    """context: what the territory is; remarks: when it has no value, where others can be found.

    The figures are None where there is nothing to draw; bars_remark and corridor_remark say what
    they then lack.
    """

    context: str
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    strip: charts.Figure | None
    bars: charts.Figure | None
    bars_remark: str
    curve: charts.Figure | None
    corridors: charts.Figure | None
    corridor_remark: str


def portrait_of(desk: Desk, asked: PortraitChoice) -> Portrait:
    """Everything that the page of a territory says at a period."""
    rates = desk.narrowed(indicators=words.told_by(desk, asked.indicator))
    here = standing(rates, asked.code, asked.indicator, asked.when)
    codes = AND.join([asked.code, *asked.chosen])
    strip, bars = (
        figure_of(
            rates, FigureRequest(drawing, asked.indicator, codes, asked.when, peers=asked.peers)
        )
        for drawing in _DRAWN
    )
    curve, (corridors, said) = _curve(rates, asked), _corridors(desk, asked)
    alone = company_remark(rates, here, asked.peers, asked.chosen, drawn=bars is not None)
    missing = (no_value(rates, here), elsewhere(desk, here))
    return Portrait(
        _context(desk, asked.code),
        _facts(rates, here),
        tuple(text for text in missing if text),
        strip,
        bars,
        alone,
        curve,
        corridors,
        said,
    )


def _context(desk: Desk, code: str) -> str:
    place = desk.territories[code]
    people = populations(desk.territories, place.kind).get(code)
    counted = (
        f"{wording.number(people)} habitants ({words.population_source(desk)})" if (people) else ""
    )
    what, near = "", ""
    if place.kind == "DEP":
        what = f"Département de la région {desk.territories[place.parent].name}"
    elif place.kind == "REG":
        count = len(desk.territories.of_kind("DEP", code))
        what = f"Région de {count} département{'s' if count > 1 else ''}"
    if place.kind != "FR" and desk.shapes:
        around = desk.territories.sorted_by_name(desk.shapes.neighbours(code))
        near = (
            f"Frontières terrestres : {captions.enumerate_names(desk, around)}"
            if around
            else "Sans voisin terrestre en France"
        )
    return ". ".join(part for part in (what, counted, near) if part) + "."


def _facts(desk: Desk, here: Standing) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in (_level(desk, here), _rank(desk, here), _gap(desk, here), _change(desk, here))
        if fact
    )


def _level(desk: Desk, here: Standing) -> Fact:
    kind, own = desk.settings.indicators[here.indicator], here.own
    date = periods.label(here.when, kind.measure)
    if own["secret"]:
        return Fact(kind.label, wording.SECRET, (date,), note=captions.SECRECY, absent=True)
    if own["missing"]:
        return Fact(kind.label, f"non {words.known_word(desk)}", (date,), absent=True)
    computed = f"Calculé : {own['derived']}" if own["computed"] else ""
    source = captions.source_text(desk.book.sources[own["source"]], own["page"])
    return Fact(kind.label, own["text"], (date,), computed, source)


def _rank(desk: Desk, here: Standing) -> Fact | None:
    published = words.published_rank_text(desk, here)
    label = f"Rang parmi les {words.KINDS[here.kind][1]}"
    if here.rank is None:
        why = no_rank(desk, here)
        found = " ".join(text for text in (why, f"{published}." if published else "") if text)
        return Fact(label, "sans rang calculé", (), note=found, absent=True) if found else None
    return Fact(
        label,
        words.place_text(here.rank),
        (words.among_text(desk, here),),
        wording.capital(words.solidity_text(here, here.rank)),
        note=published,
    )


def _gap(desk: Desk, here: Standing) -> Fact | None:
    kind, gap = desk.settings.indicators[here.indicator], words.exact_gap(here.own, here.nation)
    if gap is None:
        why = no_nation(desk, here)
        return Fact(words.GAP, "sans écart", (), note=why, absent=True) if why else None
    date = periods.label(here.when, kind.measure)
    source = captions.source_text(desk.book.sources[here.nation["source"]], here.nation["page"])
    return Fact(
        words.GAP,
        wording.change(gap, kind),
        (f"France : {here.nation['text']}, {date}", "différence des deux chiffres"),
        "",
        source,
    )


def _change(desk: Desk, here: Standing) -> Fact | None:
    kind, own = desk.settings.indicators[here.indicator], here.own
    if not words.has_change(own):
        why = no_change(desk, here)
        return (
            Fact("Évolution", f"non {words.known_word(desk)}e", (), note=why, absent=True)
            if (why)
            else None
        )
    base = (
        periods.since(own["compared_to"], kind.measure)
        if own["compared_to"]
        else "base non précisée par la source"
    )
    how = own["change_derived"]
    return Fact(
        "Évolution",
        wording.change(own["change"], kind),
        (base,),
        f"Calculé : {how}" if how and not is_restated(how) else "",
    )


def _curve(desk: Desk, asked: PortraitChoice) -> charts.Figure | None:
    """The territory, its région and France, when one of them has two dates."""
    around = words.around(desk, asked.code)
    if not any(
        len(known_periods(desk.book.figures, asked.indicator, [code])) > 1 for code in around
    ):
        return None
    return figure_of(
        desk,
        FigureRequest("courbe", asked.indicator, AND.join(around), selected=_accented(asked.code)),
    )


def _accented(code: str) -> str:
    """The territory that stands out: the nation has its own colour."""
    return "" if code == "FR" else code


def _corridors(desk: Desk, asked: PortraitChoice) -> tuple[charts.Figure | None, str]:
    """Beside the nation where both have the same, else those of the territory alone; and what is
    said of it. A département that is a région by itself has its corridors."""
    place, *around = words.around(desk, asked.code)
    region = desk.territories.region_of(place)
    code = place if region in (place, *around) else region
    desk = desk.narrowed(territories=[code, region, "FR"])
    both = shared_corridors(desk, code, asked.when)
    if both:
        codes = AND.join([code, "FR"])
        return figure_of(
            desk, FigureRequest("couloirs", both[0], codes, both[1], selected=_accented(code))
        ), ""
    alone = own_corridors(desk, code, asked.when)
    said = corridor_remark(desk, code, alone, asked.when)
    if alone is None:
        return None, said
    return figure_of(
        desk, FigureRequest("couloirs", alone[0], code, alone[1], selected=_accented(code))
    ), said
