"""The words around a figure: titles, Lecture, Source, and where a value comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.sentences.headings import generic_champ, lower_first
from atlas.sentences.period_phrases import assumption_note
from atlas.sentences.publishers import publisher_with_article
from atlas.sentences.statements import Statement, change_sentence, level_sentence
from atlas.settings import Indicator, Source
from atlas.settings.models import SourceGrade
from atlas.values import Value

SECRECY = (
    "Les valeurs sous secret statistique, qui portent sur trop peu d’unités ou "
    "permettraient d’en retrouver d’autres, ne sont pas montrées."
)
#: Sources named under a figure; more are summed up by their years.
MAX_LISTED_SOURCES = 4
#: Provisional or revised values named under a figure; more are counted.
MAX_LISTED_REVISIONS = 3
#: What a grade of sources is called.
GRADE_LABELS: dict[SourceGrade, str] = {
    "producer": "Producteur",
    "relay": "Relais",
    "press": "Presse",
    "undated": "Sans date",
    "fictitious": "Fictif",
}
_MARKED_GRADES = ("relay", "press")
# What introduces a month and a day, by the length of their code; a year depends on the measure.
_JOINTS = {7: "en ", 10: "le "}


def source_text(source: Source, page: str = "") -> str:
    """« ARS Nouvelle-Aquitaine, 6 février 2026, Annexe 1 », « Egora (presse), 30 janvier 2026 ».

    A producer goes without saying, and an undated document says so where its date would be.
    """
    date = periods.label(source.published) if source.published else "sans date"
    mark = f" ({GRADE_LABELS[source.grade].lower()})" if source.grade in _MARKED_GRADES else ""
    return ", ".join(part for part in (f"{source.publisher}{mark}", date, page) if part)


def source_line(context: FigureContext, rows: pd.DataFrame, *, shapes: bool = False) -> str:
    """The sources of the rows, each once, and the origin of the outlines for a map."""
    pairs = rows.loc[rows["source"] != "", ["source", "page"]].drop_duplicates()
    pages: dict[str, list[str]] = {}
    for source, page in pairs.itertuples(index=False):
        pages.setdefault(source, []).append(page)
    texts = [
        source_text(context.dataset.sources[key], found[0] if len(found) == 1 else "")
        for key, found in pages.items()
    ]
    if len(texts) > MAX_LISTED_SOURCES:
        texts = [years_of_sources(context, pages)]
    credit = f"Contours : {context.shapes.credit}" if shapes and context.shapes else ""
    parts = [" ; ".join(texts), credit]
    return " ".join(f"{part}." for part in parts if part)


def years_of_sources(context: FigureContext, keys: Iterable[str]) -> str:
    """« publications de 2022 à 2026, liste dans le tableau des valeurs »: too many to be listed."""
    years = sorted({context.dataset.sources[key].published[:4] for key in keys} - {""})
    span = f" de {years[0]} à {years[-1]}" if len(years) > 1 else f" de {years[0]}" if years else ""
    return f"publications{span}, liste dans le tableau des valeurs"


def according_to(source: Source, page: str = "") -> str:
    """« d’après l’Ordre des masseurs-kinésithérapeutes, 14 janvier 2025 »."""
    cited = source_text(source, page).removeprefix(source.publisher)
    return f"d’après {publisher_with_article(source.publisher)}{cited}"


def source_keys(rows: pd.DataFrame) -> tuple[str, ...]:
    """The sources of the rows, each once."""
    return tuple(key for key in dict.fromkeys(rows["source"]) if key)


def reading(
    context: FigureContext,
    value: Value,
    code: str,
    *,
    period: str = "",
    corridor: str = "",
    change: Value | None = None,
    beside: Value | None = None,
    ending: str = "",
    is_dated: bool = True,
) -> str:
    """Note de lecture: « à la fin de 2025, 41,7 % des profils des assurés des Landes étaient
    activés, soit 8,1 points de plus que… », in lower case.

    period: that of a value which does not say its own; corridor: its key; change: what it gained;
    beside: a value of the same thing, in brackets; ending: a last clause, with its comma;
    is_dated: false where the reader has the period beside it. Raises ValueError for a value
    without amount or indicator.
    """
    return level_sentence(
        value if value.period else replace(value, period=period),
        _statement(context, code, corridor),
        change=change,
        beside=beside,
        ending=ending,
        is_dated=is_dated,
    )


def change_reading(
    context: FigureContext, change: Value, code: str, *, period: str = "", corridor: str = ""
) -> str:
    """Note de lecture of a change alone: « les laboratoires de Corse ont déposé 34 % de documents
    de plus en 2025 qu’en 2024 », in lower case. Arguments and errors as `reading`."""
    dated = change if change.period else replace(change, period=period)
    return change_sentence(dated, _statement(context, code, corridor))


def _statement(context: FigureContext, code: str, corridor: str) -> Statement:
    settings = context.settings
    return Statement(
        context.territories[code],
        settings.corridors[corridor] if corridor else None,
        settings.feminine_nouns,
    )


def champ_text(context: FigureContext, indicator: Indicator, codes: Iterable[str]) -> str:
    """On whom, and where: « profils Mon espace santé des assurés de Corse », « documents de santé
    déposés…, Corse ». Without territories it is said of each."""
    places = [context.territories[code] for code in codes]
    if not places:
        return generic_champ(indicator)
    if "{" not in indicator.champ:
        names = french.join_with_et(list(names_apart(context, [p.code for p in places]).values()))
        return f"{lower_first(indicator.champ)}, {names}"
    of_places = french.join_with_et(list(dict.fromkeys(place.genitive for place in places)))
    return lower_first(
        indicator.champ.format(of_place=of_places, insured=f"des assurés {of_places}")
    )


def at(reference_period: str, indicator: Indicator) -> str:
    """« en mars 2026 », « le 7 octobre 2024 », « fin 2025 » for a stock, « en 2025 » for a flow."""
    joint = _JOINTS.get(len(reference_period), "en " if indicator.accumulation == "flow" else "")
    return f"{joint}{periods.label(reference_period, indicator.accumulation)}"


def known_word(context: FigureContext) -> str:
    """« publié »; « fictif » of an invented data set, which published nothing."""
    return "fictif" if context.dataset.fictitious else "publié"


def origin_text(context: FigureContext, value: Value, page: str = "") -> str:
    """Where one value comes from, for tooltips and tables; what is invented is never « publié ».

    Empty for a value that nobody gives; « secret statistique » for a secret one.
    """
    if value.amount is None:
        return french.SECRET if value.status == "secret" else ""
    if value.is_computed:
        doubt = f" ({french.REVISIONS[value.revision]})" if value.revision else ""
        return f"calculé : {value.derivation}{doubt}"
    known = known_word(context)
    known = f"{known} : {value.derivation}" if value.derivation else known
    contradicted = f"contredit : {lower_first(value.contradiction)}" if value.contradiction else ""
    revised = french.REVISIONS.get(value.revision, "")
    parts = (known, "" if value.derivation else page, revised, contradicted)
    return ", ".join(part for part in parts if part)


def computed_note(context: FigureContext, codes: Iterable[str], values: Iterable[Value]) -> str:
    """« † Valeur calculée. Pyrénées-Atlantiques : moyenne simple… »; empty when none is.

    codes: the territory of each value.
    """
    computed = [
        (code, value.derivation)
        for code, value in zip(codes, values, strict=True)
        if value.is_computed
    ]
    if not computed:
        return ""
    names = [f"{context.territories[code].name} : {derivation}" for code, derivation in computed]
    if len({derivation for _, derivation in computed}) == 1 and len(names) > 2:
        names = [computed[0][1]]
    shown = names if len(names) <= 3 else [*names[:2], f"et {len(names) - 2} autres"]
    return f"{french.DERIVED_MARK} Valeur calculée. {french.capitalize_first(' ; '.join(shown))}."


def other_bases_note(names: Iterable[str], changes: Iterable[Value]) -> str:
    """« Autre base, non comparée : La Réunion, +7,8 points depuis décembre 2024. »; empty when all
    changes start from one period. names: the territory of each change."""
    said = [
        f"{name}, {french.value_text(change)} {french.since_text(change)}"
        for name, change in zip(names, changes, strict=True)
    ]
    return f"Autre base, non comparée : {' ; '.join(said)}." if said else ""


def contradiction_note(values: Iterable[Value]) -> str:
    """« Chiffre contredit, +93 % : les lignes du même tableau… », once for the values that one
    thing contradicts; empty when nothing contradicts them."""
    amounts: dict[str, list[str]] = {}
    for value in values:
        if value.contradiction and value.is_known:
            amounts.setdefault(value.contradiction, []).append(french.value_text(value))
    said = []
    for contradiction, texts in amounts.items():
        names = list(dict.fromkeys(texts))
        what = "Chiffres contredits" if len(names) > 1 else "Chiffre contredit"
        said.append(f"{what}, {french.join_with_et(names)} : {lower_first(contradiction)}")
    return french.keep_with_punctuation(" ".join(said))


def revision_note(values: Iterable[Value]) -> str:
    """« Chiffre provisoire : 33,6 %. », « 12 chiffres révisés. », once for the values of a figure;
    empty when the sources hold all of them for final and as they were first published."""
    known = [value for value in values if value.is_known and value.revision]
    said = []
    for revision, name in french.REVISIONS.items():
        texts = list(
            dict.fromkeys(french.value_text(one) for one in known if one.revision == revision)
        )
        if texts:
            plural = " ".join(f"{word}s" for word in name.split())
            said.append(_few_or_counted(texts, name, plural))
    return french.keep_with_punctuation(" ".join(said))


def _few_or_counted(texts: list[str], one: str, several: str) -> str:
    if len(texts) > MAX_LISTED_REVISIONS:
        return f"{len(texts)} {several}."
    name = one if len(texts) == 1 else several
    return f"{french.capitalize_first(name)} : {french.join_with_et(texts)}."


def assumed_periods(values: Iterable[Value]) -> list[str]:
    """The periods that the sources of the values do not print, each once, the first one first."""
    assumed = {value.period for value in values if value.is_known and value.is_period_assumed}
    return sorted(assumed, key=periods.last_day)


def assumed_period_note(values: Iterable[Value]) -> str:
    """« Année 2025 supposée : le document ne la précise pas. », once for the values of a figure;
    empty when the source of each prints its period."""
    assumed = [value for value in values if value.is_known and value.is_period_assumed]
    ordered = assumed_periods(assumed)
    if len(ordered) < 2:
        return assumption_note(assumed[0]) if assumed else ""
    names = french.join_with_et([periods.label(period) for period in ordered])
    return f"Périodes supposées, que les documents ne précisent pas : {names}."


def secrecy_note(values: Iterable[Value]) -> str:
    """What « secret statistique » means, once, when a value is secret; else empty."""
    return SECRECY if any(value.status == "secret" for value in values) else ""


def enumerate_names(context: FigureContext, codes: Iterable[str]) -> str:
    """Names of territories, in one French list."""
    return french.join_with_et(list(names_apart(context, codes).values()))


def names_apart(context: FigureContext, codes: Iterable[str]) -> dict[str, str]:
    """The name of each code; its label for those that share one, as La Réunion does."""
    places = [context.territories[code] for code in codes]
    count = Counter(place.name for place in places)
    return {place.code: place.name if count[place.name] == 1 else place.label for place in places}
