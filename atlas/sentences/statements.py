"""A value in a whole sentence, with its period, its territory and those who act in a corridor."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from atlas import french, periods
from atlas.sentences.amounts import amount_text
from atlas.sentences.changes import (
    MIN_MULTIPLE_PERCENT,
    NO_BASE,
    change_clause,
    more_of,
    points_text,
    signed_text,
)
from atlas.sentences.headings import with_article
from atlas.sentences.period_phrases import (
    date_phrase,
    is_in_the_past,
    period_phrase,
    than_phrase,
    window_months,
)
from atlas.sentences.template import fill
from atlas.settings import Corridor, Indicator
from atlas.territories import Territory
from atlas.values import Value

# What a source prints in words, of which the verb is in the singular: « un assuré sur quatre ».
_ONE_IN_SO_MANY = re.compile(r"(?:^| |d’)(?:une?|1) .*\bsur\b", re.IGNORECASE)
_WORD = re.compile(r"[\wà-öø-ÿ-]+")


@dataclass(frozen=True)
class Statement:
    """What a sentence is about: a territory, a corridor when it is one of a corridor.

    feminine_nouns: first words of nouns with which participles agree.
    """

    territory: Territory
    corridor: Corridor | None = None
    feminine_nouns: Collection[str] = ()


def level_sentence(
    value: Value,
    about: Statement,
    *,
    change: Value | None = None,
    beside: Value | None = None,
    ending: str = "",
    is_period_last: bool = False,
    is_dated: bool = True,
) -> str:
    """« à la fin de 2025, 37,2 % des profils des assurés de Nouvelle-Aquitaine étaient activés »,
    in lower case, with its full stop.

    change: what it gained, said after it; beside: a value of the same thing, in brackets; ending: a
    clause that ends the sentence, with the comma that it starts with; is_period_last: the period
    closes the sentence; is_dated: false where the reader has the period beside the sentence. Raises
    ValueError for a value without amount or indicator.
    """
    indicator = _indicator_of(value)
    if change is not None and change.is_known and change.compared_to:
        # A comparison of two years names both, whether or not the source prints them.
        value = replace(value, is_period_assumed=False)
    is_past = is_dated and is_in_the_past(value)
    template = _template(value, indicator, about)
    said = fill(
        template,
        _texts(value, indicator, about, template, beside),
        is_past=is_past,
        is_plural=_is_plural(value, indicator),
        is_feminine=_is_feminine(
            value.printed or _noun(value, indicator, about, template) or _part_of(template), about
        ),
        subject=_subject(value, indicator, template),
    )
    said += _last_words(value, indicator, template, about)
    when = period_phrase(value) if is_dated and "{period}" not in template else ""
    if "chaque mois" in template and window_months(value) == 1:
        # What a source counts over one month is said as monthly, once.
        when = "" if value.is_period_assumed else date_phrase(value.period, indicator)
    if change is not None:
        ending = change_clause(change) + ending
    return _with_period(said, when, ending, is_period_last=is_period_last)


def change_sentence(change: Value, about: Statement) -> str:
    """A change whose level nobody publishes: « en Corse, les établissements sociaux et
    médico-sociaux ont déposé 3,6 fois plus de documents en 2025 qu’en 2024 (+264 %) ».

    Raises ValueError for a change without amount or indicator.
    """
    indicator = _indicator_of(change)
    if change.amount is None:
        raise ValueError("only a known change can be said")
    if indicator.in_percent or indicator.kind == "rank":
        return _rate_change_sentence(change, indicator, about)
    level = replace(change, quantity="level", printed="", qualifier="", is_period_assumed=False)
    template = _template(level, indicator, about)
    texts = _texts(replace(level, amount=2.0), indicator, about, template, None)
    texts["value"] = more_of(change, _noun(level, indicator, about, template))
    said = fill(
        template,
        texts,
        is_past=False,
        is_plural=True,
        is_feminine=_is_feminine(_noun(level, indicator, about, template), about),
    )
    said += f"{_last_words(level, indicator, template, about)} {period_phrase(level)}"
    if change.compared_to:
        said += f" {than_phrase(change)}"
    if change.amount >= MIN_MULTIPLE_PERCENT:
        said += f" ({signed_text(change)})"
    return _with_period(said, "", "", is_period_last=False)


def _rate_change_sentence(change: Value, indicator: Indicator, about: Statement) -> str:
    """« en Corse, le taux d’activation a gagné 2,6 points entre décembre 2025 et mars 2026 »;
    without a base « … est en hausse de 3 points à la fin de 2025 (base non précisée…) »."""
    name = f"{about.territory.locative}, {with_article(indicator.heading or indicator.label)}"
    if not change.compared_to:
        clause = change_clause(change).removeprefix(", ").removesuffix(NO_BASE).strip()
        return f"{name} est {clause} {date_phrase(change.period, indicator)} {NO_BASE}."
    then, now = periods.label(change.compared_to), periods.label(change.period)
    if indicator.accumulation == "stock":
        then, now = (
            f"la fin de {label}" if len(period) == 4 else label
            for label, period in ((then, change.compared_to), (now, change.period))
        )
    if change.number == 0 or change.within_rounding:
        return f"{name} n’a pas bougé de façon distinguable entre {then} et {now}."
    verb = "gagné" if change.number > 0 else "perdu"
    size = french.QUALIFIERS[change.qualifier] + points_text(change, indicator)
    return f"{name} a {verb} {size} entre {then} et {now}."


def _indicator_of(value: Value) -> Indicator:
    if value.indicator is None:
        raise ValueError("only the value of an indicator can be said")
    return value.indicator


def _template(value: Value, indicator: Indicator, about: Statement) -> str:
    """The sentence of the indicator that suits the noun of the source and the corridor."""
    noun = value.noun if value.noun != indicator.unit else ""
    found = {_stem(word) for word in _WORD.findall(value.printed)}
    found |= {_stem(word) for word in _WORD.findall(noun)[:1]}
    for nouns, template in indicator.sentence.of_nouns.items():
        if {_stem(each.strip()) for each in nouns.split(",")} & found:
            return template
    acts = about.corridor is not None and bool(about.corridor.actors)
    return (
        indicator.sentence.by_corridor
        if acts and indicator.sentence.by_corridor
        else (indicator.reading)
    )


def _stem(word: str) -> str:
    return word.lower().rstrip("s")


def _noun(value: Value, indicator: Indicator, about: Statement, template: str) -> str:
    """What a count counts: as its source says it, else those who act in the corridor where the
    sentence is about them, else the unit."""
    if value.noun and value.noun != indicator.unit:
        return value.noun
    of_actors = "{practising}" in template and "{of_actors}" not in template
    if of_actors and about.corridor is not None and about.corridor.actors:
        return about.corridor.actors
    return "" if indicator.in_percent else indicator.unit


def _subject(value: Value, indicator: Indicator, template: str) -> str:
    """What replaces the part of a rate between brackets: the words of the source, or its noun."""
    if _is_one_in_so_many(value.printed):
        return value.printed if "[" in template else ""
    if indicator.in_percent and value.noun and value.noun != indicator.unit:
        bracket = template.partition("[")[2].partition("]")[0]
        # « assurés corses » says where they are.
        kept = ("{practising}",) if " " in value.noun else ("{practising}", "{of_place}")
        places = [name for name in kept if name in bracket]
        return " ".join(["{value}", f"des {value.noun}", *places])
    return ""


def _is_one_in_so_many(printed: str) -> bool:
    """True for « un assuré sur quatre », which says what it is a part of; not for « plus d’un
    tiers »."""
    return " sur " in printed


def _is_plural(value: Value, indicator: Indicator) -> bool:
    if value.printed:
        return not _ONE_IN_SO_MANY.search(value.printed)
    return indicator.in_percent or french.is_plural(value.number)


def _part_of(template: str) -> str:
    """What a rate is a part of, as its sentence says it: « personnes concernées »."""
    return template.partition("{value} des ")[2].partition("]")[0]


def _is_feminine(noun: str, about: Statement) -> bool:
    """noun: what a participle agrees with, or the words of a source that hold it."""
    feminine = {_stem(word) for word in about.feminine_nouns}
    words = _WORD.findall(noun)
    return any(_stem(word) in feminine for word in (words if "sur" in words else words[:1]))


def _texts(
    value: Value, indicator: Indicator, about: Statement, template: str, beside: Value | None
) -> dict[str, str]:
    """What stands for each name of a sentence."""
    place, corridor = about.territory, about.corridor
    is_nation = place.kind == "FR"
    actors = corridor.actors if corridor else ""
    people = corridor is None or corridor.people
    return {
        "value": amount_text(value, _noun(value, indicator, about, template)),
        "place": place.locative,
        "place_but_france": "" if is_nation else place.locative,
        "of_place": place.genitive,
        "insured": "" if is_nation else f"des assurés {place.genitive}",
        "territory": place.with_article,
        "corridor": corridor.label if corridor else "",
        "actors": _actors(actors, about, is_first=_starts_with_actors(template)),
        "of_actors": f"des {actors}",
        "practising": place.locative
        if is_nation
        else (f"exerçant {place.locative}" if people and corridor else place.genitive),
        "beside": f"({amount_text(beside)})" if beside is not None and beside.is_known else "",
        "period": periods.label(value.period) if value.period else "",
    }


def _starts_with_actors(template: str) -> bool:
    return template.startswith("{actors}") or ", {actors}" in template


def _actors(actors: str, about: Statement, *, is_first: bool) -> str:
    """« les laboratoires de Corse »; « en France, les laboratoires »; before an enumeration the
    place comes first, since it would go with its last part alone."""
    if is_first and (about.territory.kind == "FR" or " et " in actors):
        return f"{about.territory.locative}, les {actors}"
    return f"les {actors} {about.territory.genitive}"


def _last_words(value: Value, indicator: Indicator, template: str, about: Statement) -> str:
    """« en France » after a sentence on the insured of a territory, what a total is counted from,
    and the corridor where the sentence does not name it."""
    total_since = indicator.sentence.total_since
    said = f" {total_since}" if total_since and not value.window else ""
    if "{insured}" in template and about.territory.kind == "FR":
        said += f" {about.territory.locative}"
    names_it = any(f"{{{name}}}" in template for name in ("actors", "of_actors", "corridor"))
    of_actors = about.corridor is not None and bool(about.corridor.actors)
    if about.corridor is not None and not names_it and not of_actors:
        said += f", pour le couloir {about.corridor.label}"
    return said


def _with_period(said: str, when: str, ending: str, *, is_period_last: bool) -> str:
    if when and is_period_last:
        said = f"{said} {when}"
    elif when:
        said = f"{when}, {said}"
    return french.keep_with_punctuation(f"{said}{ending}.")
