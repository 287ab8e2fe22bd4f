"""Titles that state what a figure shows, as a press office writes them: short, without full stop.

Each is read by `finding_check` before it is proposed: what it does not confirm is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.findings import fits_a_title, is_stated
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.registry import figure_of
from atlas.publications.finding_check import finding_check
from atlas.publications.finding_check.evidence import (
    Evidence,
    Fact,
    Gain,
    Measure,
    evidence_of,
    gains_of,
)
from atlas.publications.finding_check.parties import amount_said
from atlas.settings import Corridor
from atlas.territories import Territory

#: Territories from which two of them are said to lead, and not one.
MIN_FOR_TWO_LEADERS = 5
#: Territories above France are counted from so many on.
MIN_COUNTED = 3
_COUNTED_NOUNS = {
    "REG": ("région", "régions"),
    "DEP": ("département", "départements"),
    "CPAM": ("caisse", "caisses"),
}
# fmt: off
_COUNT_WORDS = (
    "", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)
# fmt: on


def proposed_title(context: FigureContext, request: FigureRequest, figure: Figure | None) -> str:
    """The most telling finding of a figure that fits a title; empty when it says nothing for sure.

    request: that of the figure, whatever its title.
    """
    return next(iter(proposed_titles(context, request, figure)), "")


def proposed_titles(
    context: FigureContext, request: FigureRequest, figure: Figure | None
) -> list[str]:
    """Every finding that the figure confirms and that fits a title, the most telling first."""
    if figure is None:
        return []
    evidence = evidence_of(context, [figure])
    found = dict.fromkeys([*_findings(context, evidence), *_own_findings(context, request)])
    return [
        title
        for title in found
        if fits_a_title(title) and finding_check(context, title, figure).outcome == "confirmed"
    ]


def _own_findings(context: FigureContext, request: FigureRequest) -> Sequence[str]:
    """Those that the figure makes by itself, which it leaves out under a title of one's own."""
    try:
        plain = figure_of(context, request.with_fields(title=""))
    except RequestError:
        return ()
    return plain.findings if plain else ()


def _findings(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    if len(evidence.indicators) != 1:
        return
    if len(evidence.corridors) > 1:
        yield from _of_corridors(context, evidence)
        return
    has_two_dates = bool(evidence.known("base")) or any(
        len(evidence.series(code)) > 1 for code in evidence.territories
    )
    if evidence.shown == "change":
        yield from _of_changes(context, evidence)
    elif has_two_dates:
        yield from _of_gains(context, evidence)
        yield from _of_levels(context, evidence)
    else:
        yield from _of_levels(context, evidence)


def _of_levels(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    """Who is above France where it is compared, who leads. A count says how many live somewhere:
    its order is no finding."""
    facts = [f for f in evidence.latest("level") if f.territory not in ("", "FR")]
    if not facts or any(not _is_of_rate(fact) for fact in facts):
        return
    ordered = sorted(facts, key=lambda fact: fact.value.number, reverse=True)
    places = [context.territories[fact.territory] for fact in ordered]
    nation = next((f for f in evidence.latest("level") if f.territory == "FR"), None)
    holder = _whole_of(context, evidence)
    counts = list(_above_nation(context, ordered, nation)) if nation and holder else []
    is_compared = "FR" in evidence.compared
    yield from counts if is_compared else ()
    if holder:
        yield from _leaders(context, places, holder)
    if len(ordered) == 2 and not is_compared:
        yield _ahead(places[0], places[1], ordered[0], ordered[1])
    if nation is not None and not holder:
        france = context.territories["FR"]
        if ordered[0].value.number > nation.value.number:
            yield _ahead(places[0], france, ordered[0], nation)
        else:
            yield _ahead(france, places[0], nation, ordered[0])
    yield from counts if not is_compared else ()


def _is_of_rate(fact: Fact) -> bool:
    return fact.value.indicator is not None and fact.value.indicator.kind != "count"


def _whole_of(context: FigureContext, evidence: Evidence) -> str:
    """The région or the nation of which a figure compares all the territories of a kind, so that
    somebody leads it; empty for those that somebody chose."""
    compared = evidence.compared - {"FR"}
    kinds = {context.territories[code].kind for code in compared}
    regions = {context.territories.region_of(code) for code in compared}
    if len(kinds) != 1 or (kind := next(iter(kinds))) not in _COUNTED_NOUNS:
        return ""
    holders: list[str] = ["FR"] if len(regions) > 1 or kind == "REG" else [*regions, "FR"]
    for holder in holders:
        if compared >= set(context.territories.of_kind(kind, holder)):
            return holder
    return ""


def _leaders(context: FigureContext, places: Sequence[Territory], holder: str) -> Iterator[str]:
    """« Les Landes et la Gironde en tête de la région »."""
    _, several = _COUNTED_NOUNS[places[0].kind]
    where = f"des {several}" if holder == "FR" else "de la région"
    if len(places) >= MIN_FOR_TWO_LEADERS:
        both = french.join_with_et([place.with_article for place in places[:2]])
        yield f"{french.capitalize_first(both)} en tête {where}"
    if len(places) > 2:
        yield f"{french.capitalize_first(places[0].with_article)} en tête {where}"


def _above_nation(context: FigureContext, facts: Sequence[Fact], nation: Fact) -> Iterator[str]:
    kinds = {context.territories[fact.territory].kind for fact in facts}
    if len(facts) < MIN_COUNTED or len(kinds) != 1 or (kind := kinds.pop()) not in _COUNTED_NOUNS:
        return
    above = sum(fact.value.number > nation.value.number for fact in facts)
    one, several = _COUNTED_NOUNS[kind]
    feminine = "e" if one != "département" else ""
    if above == len(facts):
        yield f"Tou{'tes' if feminine else 's'} les {several} devancent la France"
    elif above == 0:
        yield f"Aucun{feminine} {one} ne devance la France"
    elif above < len(_COUNT_WORDS) and len(facts) < len(_COUNT_WORDS):
        counted = _COUNT_WORDS[above] if feminine or above > 1 else "un"
        whole = _COUNT_WORDS[len(facts)]
        noun = several if above > 1 else one
        verb = "devancent" if above > 1 else "devance"
        yield f"{french.capitalize_first(counted)} {noun} sur {whole} {verb} la France"


def _ahead(one: Territory, two: Territory, first: Fact, second: Fact) -> str:
    """« La Haute-Corse devance la Corse-du-Sud de 2,1 points »."""
    verb = "devancent" if _is_plural(one) else "devance"
    start = f"{french.capitalize_first(one.with_article)} {verb} {two.with_article}"
    indicator = first.value.indicator
    exact = is_stated(first.value) and is_stated(second.value)
    if indicator is None or not indicator.in_percent or not exact:
        return start
    gap = round(first.value.number - second.value.number, indicator.digits)
    return f"{start} de {amount_said(gap, 'points', sign=False)}"


def _of_changes(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    facts = [f for f in evidence.latest("change") if f.territory and f.territory != "FR"]
    if len(facts) < 2:
        return
    first = max(facts, key=lambda fact: fact.value.number)
    place = context.territories[first.territory]
    verb = "progressent" if _is_plural(place) else "progresse"
    yield f"{french.capitalize_first(place.with_article)} {verb} le plus"


def _of_gains(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    """« La Réunion gagne 7,8 points en un an », of the territories that gained the most, France
    after all others."""
    found: list[tuple[bool, float, str]] = []
    for code in evidence.territories:
        gains = [g for g in gains_of(evidence, code, "") if g.known.unit == "points"]
        dated = [gain for gain in gains if gain.months and not gain.known.is_range]
        if not dated:
            continue
        longest = max(dated, key=lambda gain: gain.months or 0)
        if longest.known.amount <= 0:
            continue
        place = context.territories[code]
        verb = "gagnent" if _is_plural(place) else "gagne"
        said = amount_said(longest.known.amount, "points", sign=False)
        title = f"{french.capitalize_first(place.with_article)} {verb} {said} {_since(longest)}"
        found.append((code != "FR", longest.known.amount, title))
    yield from (title for _, _, title in sorted(found, reverse=True)[:2])


def _since(gain: Gain) -> str:
    """« en un an », « depuis novembre 2022 » of what is no whole number of years."""
    years, left = divmod(gain.months or 0, 12)
    if left or not 0 < years < len(_COUNT_WORDS):
        return f"depuis {periods.label(gain.start)}"
    return "en un an" if years == 1 else f"en {_COUNT_WORDS[years]} ans"


def _of_corridors(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    """What passes ahead, what grows the most, what leads."""
    territories = list(dict.fromkeys(fact.territory for fact in evidence.facts))
    if len(territories) > 1:
        yield from _common_lead(context, evidence, territories)
        return
    yield from _overtakings(context, evidence)
    has_total = any(not fact.corridor for fact in evidence.facts)  # bars that add up to it
    measures: tuple[Measure, ...] = ("change",) if has_total else ("change", "level")
    for measure in measures:
        title = _corridor_lead(context, evidence, measure)
        if title:
            yield title


def _overtakings(context: FigureContext, evidence: Evidence) -> Iterator[str]:
    now = {fact.corridor: fact.value.number for fact in evidence.latest("level") if fact.corridor}
    then = {fact.corridor: fact.value.number for fact in evidence.latest("base") if fact.corridor}
    ordered = sorted(set(now) & set(then), key=lambda key: now[key], reverse=True)
    for place, one in enumerate(ordered):
        for two in ordered[place + 1 :]:
            if then[one] < then[two]:
                corridors = context.settings.corridors
                first, second = _sector(corridors[one]), _sector(corridors[two])
                verb = "passent" if first.startswith("les ") else "passe"
                yield f"{french.capitalize_first(first)} {verb} devant {second}"


def _corridor_lead(context: FigureContext, evidence: Evidence, measure: Measure) -> str:
    facts = [fact for fact in evidence.latest(measure) if fact.corridor]
    if len(facts) < 2:
        return ""
    first = max(facts, key=lambda fact: fact.value.number)
    name = _sector(context.settings.corridors[first.corridor])
    is_plural = name.startswith("les ")
    start = french.capitalize_first(name)
    if measure == "change":
        verb = "progressent" if is_plural else "progresse"
        grown = amount_said(first.value.number, "percent")
        return f"{start} {verb} le plus ({grown})"
    if not first.value.indicator or not first.value.indicator.in_percent:
        return f"{start} en tête"
    return f"{start} en tête, avec {french.value_text(first.value)}"


def _common_lead(
    context: FigureContext, evidence: Evidence, territories: Sequence[str]
) -> Iterator[str]:
    """« En Corse comme en Provence-Alpes-Côte d’Azur, les ESMS progressent le plus »."""
    leads = set()
    for code in territories:
        own = [f for f in evidence.latest(evidence.shown) if f.territory == code and f.corridor]
        if own:
            leads.add(max(own, key=lambda fact: fact.value.number).corridor)
    if len(leads) != 1 or len(territories) != 2:
        return
    name = _sector(context.settings.corridors[leads.pop()])
    places = " comme ".join(context.territories[code].locative for code in territories)
    is_plural = name.startswith("les ")
    verb = "progressent" if is_plural else "progresse"
    said = f"{verb} le plus" if evidence.shown == "change" else "en tête"
    yield f"{french.capitalize_first(places)}, {name} {said}"


def _sector(corridor: Corridor) -> str:
    """« la médecine de ville », « les ESMS »: short, with its article."""
    if corridor.short.isupper():
        return f"les {corridor.short}"
    return corridor.sector or f"les {corridor.actors}"


def _is_plural(place: Territory) -> bool:
    return place.with_article.startswith("les ")
