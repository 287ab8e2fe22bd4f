"""The profile of a territory: what it is, its figures in large, its drawings, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.ranks import KIND_NOUNS, place_text
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.corridors.shared_corridors import own_corridors, shared_corridors
from atlas.figures.curve.request import CurveRequest
from atlas.figures.profile import remarks, texts
from atlas.figures.profile.request import PeerBarsRequest, ProfileRequest, StripRequest
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.figures.registry import figure_of
from atlas.indicators.peers import populations
from atlas.indicators.snapshot import periods as known_periods
from atlas.territories import CODE_SEPARATOR
from atlas.values import Value


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
    """context: what the territory is; values: the level, the gap and the change that the facts
    print; remarks: when it has no value, where others can be found.

    The figures are None where there is nothing to draw; bars_remark and corridor_remark say what
    they then lack.
    """

    context: str
    values: tuple[Value, ...]
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    strip: Figure | None
    bars: Figure | None
    bars_remark: str
    curve: Figure | None
    corridors: Figure | None
    corridor_remark: str


def profile_of(context: FigureContext, request: ProfileRequest) -> Profile:
    """Everything that the page of a territory says at a period, of what its strip and its bars
    are asked for. Raises RequestError as they do."""
    rates = context.narrow_to(indicators=texts.with_rank_indicators(context, request.indicator))
    code, *chosen = request.codes
    position = territory_position(rates, code, request.indicator, request.period)
    fields = request.model_dump(exclude={"drawing"})
    strip = figure_of(rates, StripRequest.model_validate(fields))
    bars = figure_of(rates, PeerBarsRequest.model_validate(fields))
    corridors, corridor_remark = _corridors(context, request)
    bars_remark = remarks.peers_remark(
        rates, position, request.peers, tuple(chosen), drawn=bars is not None
    )
    said = (
        remarks.no_value_remark(rates, position),
        remarks.other_indicators_remark(context, position),
    )
    return Profile(
        _territory_text(context, code),
        (position.level, position.own["gap"], position.own["change"]),
        _facts(rates, position),
        tuple(text for text in said if text),
        strip,
        bars,
        bars_remark,
        _curve(rates, request),
        corridors,
        corridor_remark,
    )


def _territory_text(context: FigureContext, code: str) -> str:
    """What the territory belongs to, its inhabitants and its neighbours."""
    place = context.territories[code]
    people = populations(context.territories, place.kind).get(code)
    inhabitants, belongs, borders = "", "", ""
    if people:
        source = texts.population_source(context)
        inhabitants = f"{french.format_number(people)} habitants ({source})"
    if place.kind == "DEP":
        belongs = f"Département de la région {context.territories[place.parent].name}"
    elif place.kind == "REG":
        count = len(context.territories.of_kind("DEP", code))
        belongs = f"Région de {count} département{'s' if count > 1 else ''}"
    if place.kind != "FR" and context.shapes:
        neighbours = context.territories.sorted_by_name(context.shapes.neighbours(code))
        borders = (
            f"Frontières terrestres : {captions.enumerate_names(context, neighbours)}"
            if neighbours
            else "Sans voisin terrestre en France"
        )
    return ". ".join(part for part in (belongs, inhabitants, borders) if part) + "."


def _facts(context: FigureContext, position: TerritoryPosition) -> tuple[Fact, ...]:
    facts = (
        _level(context, position),
        _rank(context, position),
        _gap(context, position),
        _change(context, position),
    )
    return tuple(fact for fact in facts if fact)


def _level(context: FigureContext, position: TerritoryPosition) -> Fact:
    indicator, level = context.settings.indicators[position.indicator], position.level
    lines = (periods.label(position.reference_period, indicator.accumulation),)
    if level.status == "secret":
        return Fact(indicator.label, french.SECRET, lines, note=captions.SECRECY, absent=True)
    if not level.is_known:
        missing = f"non {texts.published_word(context)}"
        return Fact(indicator.label, missing, lines, absent=True)
    own = position.own
    source = captions.source_text(context.dataset.sources[own["source"]], own["page"])
    value = french.value_text(level, marked=True)
    return Fact(indicator.label, value, lines, _state_text(level), source)


def _state_text(value: Value) -> str:
    """« Calculé : … », « Chiffre provisoire »; empty for what its source holds for final."""
    computed = f"Calculé : {value.derivation}" if value.is_computed else ""
    revised = french.capitalize_first(french.REVISIONS.get(value.revision, ""))
    return " ; ".join(text for text in (computed, revised) if text)


def _rank(context: FigureContext, position: TerritoryPosition) -> Fact | None:
    published = texts.published_rank_text(context, position)
    label = f"Rang parmi les {KIND_NOUNS[position.kind][1]}"
    if position.rank is None:
        reason = remarks.no_rank_remark(context, position)
        row = texts.rank_row(context, position)
        if row is not None and reason:
            value, line = french.format_ordinal(int(row["value"])), "rang publié"
            return Fact(label, value, (line,), note=f"{published}. {reason}")
        return Fact(label, "sans rang", (), note=reason, absent=True) if reason else None
    return Fact(
        label,
        place_text(position.rank),
        (texts.among_text(context, position),),
        french.capitalize_first(texts.solidity_text(position, position.rank)),
        note=published,
    )


def _gap(context: FigureContext, position: TerritoryPosition) -> Fact | None:
    indicator, gap = context.settings.indicators[position.indicator], position.own["gap"]
    if not gap.is_known:
        reason = remarks.no_gap_remark(context, position)
        return Fact(texts.GAP_LABEL, "sans écart", (), note=reason, absent=True) if reason else None
    date = periods.label(
        position.national_level.period or position.reference_period, indicator.accumulation
    )
    nation = position.nation
    national_text = french.value_text(position.national_level, marked=True)
    return Fact(
        texts.GAP_LABEL,
        french.value_text(gap),
        (f"France : {national_text}, {date}", "différence des deux chiffres"),
        source=captions.source_text(context.dataset.sources[nation["source"]], nation["page"]),
    )


def _change(context: FigureContext, position: TerritoryPosition) -> Fact | None:
    indicator, change = context.settings.indicators[position.indicator], position.own["change"]
    label = "Évolution"
    if not change.is_known:
        reason = remarks.no_change_remark(context, position)
        missing = f"non {texts.published_word(context)}e"
        return Fact(label, missing, (), note=reason, absent=True) if reason else None
    base = (
        periods.since(change.compared_to, indicator.accumulation)
        if change.compared_to
        else "base non précisée par la source"
    )
    return Fact(label, french.value_text(change), (base,), _state_text(change))


def _curve(context: FigureContext, request: ProfileRequest) -> Figure | None:
    """The territory, its région and France, when one of them has two dates."""
    code = request.codes[0]
    codes = texts.enclosing_codes(context, code)
    rows = context.dataset.index.of_territories(request.indicator, codes)
    if not any(len(known_periods(rows, request.indicator, [place])) > 1 for place in codes):
        return None
    return figure_of(
        context,
        CurveRequest(
            indicator=request.indicator,
            territory=CODE_SEPARATOR.join(codes),
            highlighted=_highlighted_code(code),
        ),
    )


def _highlighted_code(code: str) -> str:
    """The territory that stands out: the nation has its own colour."""
    return "" if code == "FR" else code


def _corridors(context: FigureContext, request: ProfileRequest) -> tuple[Figure | None, str]:
    """Beside the nation where both have the same, else those of the territory alone; and what is
    said of it. A département that is a région by itself has its corridors."""
    place, *enclosing = texts.enclosing_codes(context, request.codes[0])
    region = context.territories.region_of(place)
    code = place if region in (place, *enclosing) else region
    context = context.narrow_to(territories=[code, region, "FR"])
    shared = shared_corridors(context, code, request.period)
    alone = None if shared else own_corridors(context, code, request.period)
    remark = "" if shared else remarks.corridor_remark(context, code, alone, request.period)
    found = shared or alone
    if found is None:
        return None, remark
    indicator, period = found
    figure = figure_of(
        context,
        CorridorsRequest(
            indicator=indicator,
            territory=CODE_SEPARATOR.join([code, "FR"]) if shared else code,
            period=period,
            highlighted=_highlighted_code(code),
        ),
    )
    return figure, remark
