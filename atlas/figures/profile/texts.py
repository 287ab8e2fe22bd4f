"""What is said of a territory among those of its kind: rank, gap, note de lecture, tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import NativeChart, Numbers, Series
from atlas.figures.profile.territory_position import TerritoryPosition
from atlas.indicators import Rank, populations, published_rank
from atlas.settings import Indicator
from atlas.territories import Kind

KINDS: dict[Kind, tuple[str, str]] = {
    "REG": ("région", "régions"),
    "DEP": ("département", "départements"),
}
GAP = "Écart à la France"


def around(context: FigureContext, code: str) -> list[str]:
    """The territory, its région and France; a région of one département has its name, and is
    left out."""
    region = context.territories.region_of(code)
    twin = context.territories[region].name == context.territories[code].name
    return list(dict.fromkeys([code, *([] if twin else [region]), "FR"]))


def place_text(found: Rank) -> str:
    """« 1er », « 3e ex æquo »."""
    return french.format_ordinal(found.place) + (f"{french.NBSP}ex æquo" if found.shared else "")


def among_text(context: FigureContext, here: TerritoryPosition) -> str:
    """« sur 4 régions dont le taux est publié, dont 1 calculé »; « sur les 18 régions »."""
    known, total = len(here.known), len(here.rows)
    many = KINDS[here.kind][1]
    text = (
        f"sur les {known} {many}"
        if known == total
        else (
            f"sur {known} {many} dont le {noun(context, here.indicator)} est {known_word(context)}"
        )
    )
    made = int(here.known["computed"].sum())
    return text + (f", dont {made} calculé{'s' if made > 1 else ''}\u202f†" if made else "")


def solidity_text(here: TerritoryPosition, found: Rank) -> str:
    """« rang certain »; « entre le 2e et le 3e rang, compte tenu des arrondis »; « rang
    indicatif » where a source says « environ » or « plus de »."""
    if ((here.known["qualifier"] != "") & ~here.known["computed"]).any():
        return "rang indicatif : des valeurs sont approximatives"
    if found.certain:
        return "rang certain"
    return (
        f"entre le {french.format_ordinal(found.best)} et le "
        f"{french.format_ordinal(found.worst)} rang, compte tenu des arrondis"
    )


def rank_sentence(context: FigureContext, here: TerritoryPosition) -> str:
    """« 2e sur 4 régions dont le taux est publié ; rang certain »; empty without a rank."""
    if here.rank is None:
        return ""
    return f"{place_text(here.rank)} {among_text(context, here)} ; {solidity_text(here, here.rank)}"


def published_rank_text(context: FigureContext, here: TerritoryPosition) -> str:
    """« Rang publié : 2e (régions françaises), d’après ARS… », apart from the computed one."""
    row = published_rank(
        context.dataset.published,
        context.settings,
        here.code,
        indicator=here.indicator,
        reference_period=here.reference_period,
    )
    if row is None:
        return ""
    kind = context.settings.indicators[row["indicator"]]
    source = captions.source_text(context.dataset.sources[row["source"]], row["page"])
    return (
        f"Rang publié : {french.format_value(row['value'], kind, row['qualifier'])} "
        f"({kind.champ[:1].lower()}{kind.champ[1:]}), d’après {source}"
    )


def told_by(context: FigureContext, indicator: str) -> list[str]:
    """An indicator and those that publish its rank."""
    kinds = context.settings.indicators
    return [indicator, *(key for key, kind in kinds.items() if kind.ranks == indicator)]


def noun(context: FigureContext, indicator: str) -> str:
    """What the value is called in a sentence."""
    return "taux" if context.settings.indicators[indicator].label.startswith("Taux") else "chiffre"


def known_word(context: FigureContext) -> str:
    """What is invented is never said to be published."""
    return "connu" if context.dataset.fictitious else "publié"


def lecture(context: FigureContext, here: TerritoryPosition) -> str:
    """Reads the territory, else the nation, else the highest value, against the nation."""
    kind = context.settings.indicators[here.indicator]
    row = here.own
    if row["missing"]:
        row = (
            here.nation
            if here.known.empty or not here.nation["missing"]
            else (here.known.sort_values("value", kind="stable").iloc[-1])
        )
    return captions.reading(
        context,
        kind,
        row["code"],
        row["value"],
        row["qualifier"],
        here.reference_period,
        extra=_against_nation(row, here.nation, kind),
    )


def _against_nation(row: pd.Series, nation: pd.Series, kind: Indicator) -> str:
    """« , soit 8,1 points de plus que la moyenne nationale (33,6 %) »; empty without one."""
    gap = exact_gap(row, nation)
    if gap is None:
        return ""
    mean = french.format_value(nation["value"], kind)
    if gap == 0:
        return f", comme en moyenne nationale ({mean})"
    return f", soit {french.format_gap(gap, kind)} que la moyenne nationale ({mean})"


def exact_gap(row: pd.Series, nation: pd.Series) -> float | None:
    """The gap to the nation; None without one, or between « plus de 20 % » and « environ 25 % »."""
    if (
        row["code"] == "FR"
        or math.isnan(row["gap"])
        or nation["qualifier"]
        or (row["qualifier"] and not row["computed"])
    ):
        return None
    return float(row["gap"])


def has_change(row: pd.Series) -> bool:
    """True with a change as published, or with the difference of two levels that are exact."""
    rough = row["qualifier"] and row["change_derived"]
    return not math.isnan(row["change"]) and not rough


def table(
    context: FigureContext, here: TerritoryPosition, rows: pd.DataFrame, *, ranked: bool
) -> pd.DataFrame:
    """Territories with their value, its gap to the nation and its origin; with their rank, or
    with their population."""
    kind = context.settings.indicators[here.indicator]
    places = _places(rows)
    first = (
        {"Rang": ["" if math.isnan(p) else french.format_ordinal(int(p)) for p in places]}
        if (ranked)
        else {}
    )
    people = (
        {}
        if ranked
        else {
            population_label(context): [
                "" if math.isnan(p) else french.format_number(p) for p in _people(context, rows)
            ]
        }
    )
    return pd.DataFrame(
        {
            **first,
            "Territoire": rows["name"],
            **people,
            kind.label: rows["text"],
            GAP: [
                "" if math.isnan(g) else french.format_change(g, kind) for g in _gaps(here, rows)
            ],
            "Origine": [detail or french.MISSING for detail in rows["detail"]],
        }
    ).reset_index(drop=True)


def numbers(
    context: FigureContext, here: TerritoryPosition, rows: pd.DataFrame, *, ranked: bool
) -> dict[str, Numbers]:
    """The numbers that the columns of `table` write."""
    kind = context.settings.indicators[here.indicator]
    places, people, gaps = _places(rows), _people(context, rows), _gaps(here, rows)
    first = {"Rang": Numbers(tuple(places), tuple(map(french.ordinal_format, places)))}
    levels = [
        french.cell_format(v, kind, q)
        for v, q in zip(rows["value"], rows["qualifier"], strict=True)
    ]
    return {
        **(
            first
            if ranked
            else {
                population_label(context): Numbers(
                    tuple(people), tuple("General" if math.isnan(p) else "#,##0" for p in people)
                )
            }
        ),
        kind.label: Numbers(tuple(rows["value"]), tuple(levels)),
        GAP: Numbers(tuple(gaps), tuple(french.change_format(gap, kind) for gap in gaps)),
    }


def _places(rows: pd.DataFrame) -> list[float]:
    """Ranks of the territories by printed value; none for the nation, which is not one of them."""
    values = rows["value"].where(rows["code"] != "FR")
    return list(values.rank(method="min", ascending=False))


def _gaps(here: TerritoryPosition, rows: pd.DataFrame) -> list[float]:
    gaps = [exact_gap(row, here.nation) for _, row in rows.iterrows()]
    return [float("nan") if gap is None else gap for gap in gaps]


def _people(context: FigureContext, rows: pd.DataFrame) -> list[float]:
    kinds: tuple[Kind, ...] = ("FR", "REG", "DEP")
    counts = {
        code: many
        for kind in kinds
        for code, many in populations(context.territories, kind).items()
    }
    return [counts.get(code, float("nan")) for code in rows["code"]]


def plot(
    context: FigureContext, here: TerritoryPosition, shown: pd.DataFrame, colours: Sequence[str]
) -> NativeChart:
    """The bars of some territories for a slide. colours: one for each."""
    kind = context.settings.indicators[here.indicator]
    name = f"{kind.label}, {periods.label(here.reference_period, kind.accumulation)}"
    return NativeChart(
        "bars",
        tuple(shown["name"]),
        (
            Series(
                name,
                tuple(shown["value"]),
                context.style.primary,
                tuple(shown["text"]),
                tuple(colours),
            ),
        ),
        french.cell_format(1.5, kind),
    )


def population_label(context: FigureContext) -> str:
    """« Population (Insee, 1er janvier 2024) »."""
    return f"Population ({population_source(context)})"


def population_source(context: FigureContext) -> str:
    """« Insee, 1er janvier 2024 »: of the file data/population.csv."""
    return f"Insee, 1er{french.NBSP}janvier{french.NBSP}{context.territories.population_year}"
